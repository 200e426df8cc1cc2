package io.svidflow.identity;

import java.time.Duration;
import java.time.Instant;
import java.util.List;

/**
 * A registration entry for one pod.
 *
 * @param createdAt when the server created it (whole seconds), or first saw it
 * @param issuing last time the agent set out to have it signed: logged before the call, so not yet a proof
 * @param issuedAt last time the server is known to have signed it
 * @param expiresAt expiry of that SVID, when known
 * @param selectors what a process must have to get it, as type:value, sorted
 * @param formerParent parent before the present one; null: it never changed
 * @param parentSince when it changed; null: it never did
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
        String ref,
        List<String> selectors,
        String formerParent,
        Instant parentSince) {

    private static final Duration SAME_SIGNATURE = Duration.ofSeconds(10);

    public KnownEntry {
        selectors = selectors == null ? List.of() : List.copyOf(selectors);
    }

    KnownEntry issuing(Instant at) {
        return signed(Times.latest(issuing, at), issuedAt, expiresAt, ref);
    }

    KnownEntry issued(Instant at, Instant expiry, String fact) {
        return Times.reached(issuedAt, at) && !at.equals(issuedAt)
                ? this
                : signed(issuing, at, expiry == null ? expiryOf(at) : expiry, fact);
    }

    private KnownEntry signed(Instant setOut, Instant at, Instant expiry, String fact) {
        return new KnownEntry(
                id,
                spiffeId,
                parentId,
                revision,
                createdAt,
                setOut,
                at,
                expiry,
                fact,
                selectors,
                formerParent,
                parentSince);
    }

    /** Two logs tell of one signature, and only one of them with its expiry; a later signature has another. */
    private Instant expiryOf(Instant at) {
        return issuedAt != null && at.isBefore(issuedAt.plus(SAME_SIGNATURE)) ? expiresAt : null;
    }

    /**
     * The entry was listed again.
     *
     * @param at when
     */
    KnownEntry seenAgain(KnownEntry newer, Instant at) {
        if (newer.revision < revision) {
            return this;
        }
        boolean moved = !parentId.equals(newer.parentId);
        return new KnownEntry(
                id,
                newer.spiffeId,
                newer.parentId,
                newer.revision,
                Times.earliest(createdAt, newer.createdAt),
                issuing,
                issuedAt,
                expiresAt,
                ref == null ? newer.ref : ref,
                newer.selectors,
                moved ? parentId : formerParent,
                moved ? at : parentSince);
    }
}
