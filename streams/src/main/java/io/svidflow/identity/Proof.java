package io.svidflow.identity;

import io.svidflow.event.ProofGrade;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/** Whether a pod is known to have an identity, and how well. */
final class Proof {

    /** A workload that was refused just before its entry was signed asks again within this time. */
    private static final Duration RETRY = Duration.ofSeconds(10);

    private Proof() {}

    static Optional<ProofGrade> of(PodRecord pod, NodeRecord node, Instant now) {
        if (pod.flaps().unsteady(now)) {
            return Optional.empty();
        }
        if (fetched(pod, now)) {
            return Optional.of(ProofGrade.FETCHED);
        }
        Instant signed = signedAt(pod, node, now);
        if (signed == null || pod.mountFailing(now) || AttestationTrouble.of(pod, node, now) != null) {
            return Optional.empty();
        }
        Instant refused = pod.fetches().lastRefusal();
        return refused != null && refused.isAfter(signed.plus(RETRY))
                ? Optional.empty()
                : Optional.of(ProofGrade.ISSUED);
    }

    private static boolean fetched(PodRecord pod, Instant now) {
        FetchHistory fetches = pod.fetches();
        return fetches.fetchedAt() != null
                && !Times.reached(now, fetches.expiresAt() == null ? Instant.MAX : fetches.expiresAt())
                && !(fetches.lastRefusal() != null && fetches.lastRefusal().isAfter(fetches.fetchedAt()));
    }

    /** When an SVID that the agent still holds was signed for an entry that may serve the pod; null: none is known. */
    static Instant signedAt(PodRecord pod, NodeRecord node, Instant now) {
        return pod.entries().values().stream()
                .filter(entry -> SelectorFit.possible(entry, pod))
                .map(entry -> signedAt(entry, node, now))
                .reduce(null, Times::latest);
    }

    private static Instant signedAt(KnownEntry entry, NodeRecord node, Instant now) {
        boolean refuted = entry.issuing() != null && node.signing().refuted(entry.issuing(), now);
        Instant signed = Times.latest(entry.issuedAt(), refuted ? null : entry.issuing());
        boolean expired = entry.expiresAt() != null
                && !entry.expiresAt().isAfter(now)
                && !(entry.issuing() != null && entry.issuing().isAfter(entry.expiresAt()));
        // What an agent signed before it started is lost with it. Nobody signs for an entry that does not exist yet:
        // that
        // holds by whichever clock.
        Instant started = node.process().startedAt();
        boolean lost = !Times.reached(signed, started) && !Times.reached(entry.createdAt(), started);
        return expired || lost ? null : signed;
    }
}
