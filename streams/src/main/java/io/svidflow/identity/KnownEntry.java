package io.svidflow.identity;

import java.time.Duration;
import java.time.Instant;

/**
 * A registration entry for one pod.
 *
 * @param createdAt when the server created it (whole seconds), or first saw it
 * @param issuing last time the agent set out to have it signed: logged before the call, so not yet a proof
 * @param issuedAt last time the server is known to have signed it
 * @param expiresAt expiry of that SVID, when known
 */
public record KnownEntry(
        String id,
        String spiffeId,
        String parentId,
        long revision,
        Instant createdAt,
        Instant issuing,
        Instant issuedAt,
        Instant expiresAt,
        String ref) {

    private static final Duration SAME_SIGNATURE = Duration.ofSeconds(10);

    KnownEntry issuing(Instant at) {
        return new KnownEntry(
                id, spiffeId, parentId, revision, createdAt, Times.latest(issuing, at), issuedAt, expiresAt, ref);
    }

    KnownEntry issued(Instant at, Instant expiry, String fact) {
        return Times.reached(issuedAt, at) && !at.equals(issuedAt)
                ? this
                : new KnownEntry(
                        id,
                        spiffeId,
                        parentId,
                        revision,
                        createdAt,
                        issuing,
                        at,
                        expiry == null ? expiryOf(at) : expiry,
                        fact);
    }

    /** Two logs tell of one signature, and only one of them with its expiry; a later signature has another. */
    private Instant expiryOf(Instant at) {
        return issuedAt != null && at.isBefore(issuedAt.plus(SAME_SIGNATURE)) ? expiresAt : null;
    }

    KnownEntry seenAgain(KnownEntry newer) {
        return new KnownEntry(
                id,
                newer.spiffeId,
                newer.parentId,
                Math.max(revision, newer.revision),
                Times.earliest(createdAt, newer.createdAt),
                issuing,
                issuedAt,
                expiresAt,
                ref == null ? newer.ref : ref);
    }
}
