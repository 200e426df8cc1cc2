package io.svidflow.identity;

import java.time.Instant;

/**
 * The workload attestor of a node, over all callers.
 *
 * @param failingSince first failure since the last proof that it works; null: none
 * @param lastProof last time it was seen to work
 */
public record AttestorHistory(Instant failingSince, Instant lastFailure, String lastError, Instant lastProof) {

    static final AttestorHistory UNKNOWN = new AttestorHistory(null, null, null, null);

    AttestorHistory failed(Instant at, String error) {
        if (lastProof != null && lastProof.isAfter(at)) {
            return this;
        }
        return new AttestorHistory(
                Times.earliest(failingSince, at),
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
