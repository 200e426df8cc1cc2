package io.svidflow.identity;

import java.time.Duration;
import java.time.Instant;

/**
 * The mount of the volume that brings the Workload API's socket into a pod: without it no container of the pod starts.
 *
 * @param failingSince first failure; null: none is known
 * @param lastFailure last one
 * @param error what kubelet said last
 */
record MountHistory(Instant failingSince, Instant lastFailure, String error, String ref) {

    static final MountHistory NONE = new MountHistory(null, null, null, null);

    /** Kubelet tries again after two minutes at the latest, and says so each time. */
    private static final Duration SILENCE = Duration.ofSeconds(150);

    MountHistory failed(Instant first, Instant at, String message, String fact) {
        boolean anew = lastFailure == null || at.isAfter(lastFailure.plus(SILENCE));
        if (!anew && at.isBefore(lastFailure)) {
            return this;
        }
        return new MountHistory(anew ? Times.earliest(first, at) : failingSince, at, message, fact);
    }

    boolean failing(Instant now) {
        return lastFailure != null && !now.isAfter(lastFailure.plus(SILENCE));
    }
}
