package io.svidflow.identity;

import io.svidflow.event.ProofGrade;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/** Whether a pod is known to have an identity, and how well. */
final class Proof {

    /** A workload that was refused just before its entry was signed asks again within this time. */
    private static final Duration RETRY = Duration.ofSeconds(10);
    /** The request to the kubelet times out after 10 s, and only then is its failure logged. */
    private static final Duration FIRST_FAILURE = Duration.ofSeconds(15);
    /** A client asks again within 30 s; one that has been silent for longer has what it wanted. */
    private static final Duration ATTESTATION_SILENCE = Duration.ofSeconds(40);

    private Proof() {}

    static Optional<ProofGrade> of(PodRecord pod, NodeRecord node, Instant now) {
        if (fetched(pod, now)) {
            return Optional.of(ProofGrade.FETCHED);
        }
        Instant signed = signedAt(pod, node, now);
        if (signed == null || attestationFailingSince(pod, node, now) != null) {
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

    /** When an SVID that the agent still holds was signed for an entry of the pod; null: none is known. */
    static Instant signedAt(PodRecord pod, NodeRecord node, Instant now) {
        return pod.entries().values().stream()
                .map(entry -> signedAt(entry, node, now))
                .reduce(null, Times::latest);
    }

    private static Instant signedAt(KnownEntry entry, NodeRecord node, Instant now) {
        boolean refuted = entry.issuing() != null && node.signing().refuted(entry.issuing(), now);
        Instant signed = Times.latest(entry.issuedAt(), refuted ? null : entry.issuing());
        boolean expired = entry.expiresAt() != null
                && !entry.expiresAt().isAfter(now)
                && !(entry.issuing() != null && entry.issuing().isAfter(entry.expiresAt()));
        return expired || !Times.reached(signed, node.process().startedAt()) ? null : signed;
    }

    /**
     * Since when the attestation of this pod has been failing; null: it is not known to. Lines that name no pod count
     * for every pod of the node that had no SVID before they began.
     */
    static Instant attestationFailingSince(PodRecord pod, NodeRecord node, Instant now) {
        Instant own = stillFailing(
                pod.fetches().attestFailingSince(),
                pod.fetches().lastAttestFailure(),
                Times.latest(pod.fetches().attestedAt(), node.attestor().lastProof()),
                now);
        if (own != null) {
            return own;
        }
        Instant shared = stillFailing(
                node.attestor().failingSince(),
                node.attestor().lastFailure(),
                node.attestor().lastProof(),
                now);
        if (shared == null
                || pod.pod() == null
                || Times.reached(pod.pod().startedAt(), node.attestor().lastFailure())) {
            return null;
        }
        Instant signed = signedAt(pod, node, now);
        boolean servedBefore =
                pod.pod().beforeCoverage() || (signed != null && signed.isBefore(shared.minus(FIRST_FAILURE)));
        return servedBefore ? null : shared;
    }

    private static Instant stillFailing(Instant since, Instant last, Instant worked, Instant now) {
        boolean over = since == null
                || last == null
                || Times.reached(worked, last)
                || now.isAfter(last.plus(ATTESTATION_SILENCE));
        return over ? null : since;
    }
}
