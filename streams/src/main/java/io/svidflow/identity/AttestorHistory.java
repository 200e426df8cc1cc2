package io.svidflow.identity;

import java.time.Duration;
import java.time.Instant;

/**
 * The workload attestor of a node, over all callers.
 *
 * @param failingSince first failure since the last proof that it works; null: none
 * @param lastProof last time it was seen to work
 */
public record AttestorHistory(Instant failingSince, Instant lastFailure, String lastError, Instant lastProof) {

    static final AttestorHistory UNKNOWN = new AttestorHistory(null, null, null, null);

    /** At info level success is silent: what failed that long ago was another fault. */
    private static final Duration STREAK = Duration.ofMinutes(5);

    AttestorHistory failed(Instant at, String error) {
        if (lastProof != null && lastProof.isAfter(at)) {
            return this;
        }
        boolean anew = lastFailure != null && at.isAfter(lastFailure.plus(STREAK));
        return new AttestorHistory(
                anew ? at : Times.earliest(failingSince, at),
                Times.latest(lastFailure, at),
                error == null ? lastError : error,
                lastProof);
    }

    AttestorHistory worked(Instant at) {
        boolean failedLater = lastFailure != null && lastFailure.isAfter(at);
        return new AttestorHistory(
                failedLater ? failingSince : null,
                failedLater ? lastFailure : null,
                failedLater ? lastError : null,
                Times.latest(lastProof, at));
    }
}
