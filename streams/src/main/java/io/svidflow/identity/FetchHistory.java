package io.svidflow.identity;

import java.time.Instant;

/**
 * What is known of a pod's own requests.
 *
 * @param firstRefusal first refusal or failure since the container started (t_ask)
 * @param refusals refused requests, of which only those count that are known to be the pod's
 * @param attestFailingSince first failure of the pod's attestation since it last worked; null: none
 * @param attestedAt last time the pod was attested with its own selectors
 * @param attestorRetriedAt last time the attestor said that it tries again; null: it does not say so at this level
 * @param fetchedAt last time the pod is known to have received an SVID
 */
public record FetchHistory(
        Instant firstRefusal,
        Instant lastRefusal,
        int refusals,
        Instant attestFailingSince,
        Instant lastAttestFailure,
        String attestError,
        Instant attestedAt,
        Instant fetchedAt,
        Instant expiresAt,
        String ref,
        Instant attestorRetriedAt) {

    static final FetchHistory NONE = new FetchHistory(null, null, 0, null, null, null, null, null, null, null, null);

    FetchHistory refused(Instant at, String fact) {
        return new FetchHistory(
                Times.earliest(firstRefusal, at),
                Times.latest(lastRefusal, at),
                refusals + 1,
                attestFailingSince,
                lastAttestFailure,
                attestError,
                attestedAt,
                fetchedAt,
                expiresAt,
                fact,
                attestorRetriedAt);
    }

    FetchHistory attestationFailed(Instant at, String error, String fact) {
        if (attestedAt != null && attestedAt.isAfter(at)) {
            return this;
        }
        return new FetchHistory(
                Times.earliest(firstRefusal, at),
                lastRefusal,
                refusals,
                Times.earliest(attestFailingSince, at),
                Times.latest(lastAttestFailure, at),
                AttestFailure.moreTelling(attestError, error),
                attestedAt,
                fetchedAt,
                expiresAt,
                fact,
                attestorRetriedAt);
    }

    /** The attestor has failed once and goes on trying. */
    FetchHistory attestorRetrying(Instant at, String error, String fact) {
        FetchHistory failed = attestationFailed(at, error, fact);
        return failed == this ? this : failed.retriedAt(at);
    }

    private FetchHistory retriedAt(Instant at) {
        return new FetchHistory(
                firstRefusal,
                lastRefusal,
                refusals,
                attestFailingSince,
                lastAttestFailure,
                attestError,
                attestedAt,
                fetchedAt,
                expiresAt,
                ref,
                Times.latest(attestorRetriedAt, at));
    }

    /** Whether the attestor said of the present failures that it tries again: then its silence means sooner something. */
    boolean retriesShow() {
        return Times.reached(attestorRetriedAt, attestFailingSince);
    }

    FetchHistory attested(Instant at) {
        boolean failedLater = lastAttestFailure != null && lastAttestFailure.isAfter(at);
        return new FetchHistory(
                firstRefusal,
                lastRefusal,
                refusals,
                failedLater ? attestFailingSince : null,
                failedLater ? lastAttestFailure : null,
                failedLater ? attestError : null,
                Times.latest(attestedAt, at),
                fetchedAt,
                expiresAt,
                ref,
                attestorRetriedAt);
    }

    FetchHistory fetched(Instant at, Instant expiry, String fact) {
        FetchHistory attested = attested(at);
        return new FetchHistory(
                firstRefusal,
                lastRefusal,
                refusals,
                attested.attestFailingSince,
                attested.lastAttestFailure,
                attested.attestError,
                attested.attestedAt,
                Times.latest(fetchedAt, at),
                expiry == null ? expiresAt : expiry,
                fact,
                attestorRetriedAt);
    }
}
