package io.svidflow.identity;

import java.time.Instant;

/**
 * Signatures for an entry. A log line may name an entry before any listing has shown it.
 *
 * @param podUid pod that the entry names; null while the entry has not been listed, or names none
 */
public record EntryIssuance(String podUid, Instant issuing, Instant issuedAt, Instant expiresAt, String ref) {

    static final EntryIssuance NONE = new EntryIssuance(null, null, null, null, null);

    EntryIssuance forPod(String uid) {
        return new EntryIssuance(uid, issuing, issuedAt, expiresAt, ref);
    }

    EntryIssuance issuing(Instant at) {
        return new EntryIssuance(podUid, Times.latest(issuing, at), issuedAt, expiresAt, ref);
    }

    EntryIssuance issued(Instant at, Instant expiry, String fact) {
        return Times.reached(at, issuedAt) ? new EntryIssuance(podUid, issuing, at, expiry, fact) : this;
    }

    KnownEntry applyTo(KnownEntry entry) {
        KnownEntry signed = issuedAt == null ? entry : entry.issued(issuedAt, expiresAt, ref);
        return issuing == null ? signed : signed.issuing(issuing);
    }
}
