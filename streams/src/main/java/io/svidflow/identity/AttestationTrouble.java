package io.svidflow.identity;

import java.time.Duration;
import java.time.Instant;

/**
 * The attestation of a pod that fails at present.
 *
 * @param since first failure of the streak
 * @param error what the attestor says
 * @param own the failing requests are known to be the pod's
 */
record AttestationTrouble(Instant since, Instant last, String error, boolean own) {

    /** The request to the kubelet times out after 10 s, and only then is its failure logged. */
    private static final Duration FIRST_FAILURE = Duration.ofSeconds(15);
    /** A client asks again within 30 s; one that has been silent for longer has what it wanted. */
    private static final Duration SILENCE = Duration.ofSeconds(40);
    /** The attestor looks for a container for 30 s before it says that it gives up. */
    private static final Duration SILENCE_AFTER_LOOKUP = SILENCE.plusSeconds(35);
    /** A request of the container before this one may fail that much later. */
    private static final Duration LEFTOVER = Duration.ofSeconds(35);
    /** A process gives up for the first time within this time of the start of its container. */
    private static final Duration FIRST_TIMEOUT = Duration.ofSeconds(40);

    private static final int REPEATED = 3;

    /**
     * The trouble of a pod; null: none is known. Lines that name no pod count for every pod of the node that had no SVID
     * before they began.
     */
    static AttestationTrouble of(PodRecord pod, NodeRecord node, Instant now) {
        AttestationTrouble own = own(pod, node, now);
        if (pod.pod() == null || (own != null && AttestFailure.of(own.error) != AttestFailure.TIMED_OUT)) {
            return own;
        }
        AttestationTrouble kubelet = kubelet(pod, node, now);
        if (own != null) {
            // whoever gives up says less than what it waited for
            return kubelet == null ? own : new AttestationTrouble(own.since, own.last, kubelet.error, true);
        }
        AttestationTrouble shared = kubelet == null ? timeouts(pod, node, now) : kubelet;
        return shared == null || servedBefore(pod, node, shared.since, now) ? null : shared;
    }

    private static AttestationTrouble own(PodRecord pod, NodeRecord node, Instant now) {
        FetchHistory fetches = pod.fetches();
        if (fetches.attestFailingSince() == null) {
            return null;
        }
        AttestationTrouble own = new AttestationTrouble(
                fetches.attestFailingSince(), fetches.lastAttestFailure(), fetches.attestError(), true);
        AttestFailure kind = AttestFailure.of(own.error);
        // that the attestor serves others says that the kubelet works, and nothing about this container
        Instant others = kind == AttestFailure.CONTAINER || kind == AttestFailure.TIMED_OUT
                ? null
                : node.attestor().lastProof();
        boolean lookedUpInSilence = kind == AttestFailure.CONTAINER && !fetches.retriesShow();
        boolean over = Times.reached(Times.latest(fetches.attestedAt(), others), own.last)
                || now.isAfter(own.last.plus(lookedUpInSilence ? SILENCE_AFTER_LOOKUP : SILENCE));
        return over ? null : own;
    }

    private static AttestationTrouble kubelet(PodRecord pod, NodeRecord node, Instant now) {
        AttestorHistory attestor = node.attestor();
        boolean over = attestor.failingSince() == null
                || attestor.lastFailure() == null
                || Times.reached(attestor.lastProof(), attestor.lastFailure())
                || now.isAfter(attestor.lastFailure().plus(SILENCE))
                || Times.reached(pod.pod().startedAt(), attestor.lastFailure());
        return over
                ? null
                : new AttestationTrouble(attestor.failingSince(), attestor.lastFailure(), attestor.lastError(), false);
    }

    /** A process that began to time out when the pod had just started, and has not stopped since, is taken for the pod's. */
    private static AttestationTrouble timeouts(PodRecord pod, NodeRecord node, Instant now) {
        Instant started = pod.pod().startedAt();
        if (started == null || Times.reached(pod.fetches().attestedAt(), started)) {
            return null;
        }
        return node.timeouts().streaks().entrySet().stream()
                .filter(caller -> caller.getKey().startsWith(NodeRecord.PROCESS))
                .map(caller -> caller.getValue())
                .filter(streak -> streak.times() >= REPEATED
                        && !now.isAfter(streak.last().plus(SILENCE))
                        && !streak.since().isBefore(started)
                        && streak.since().isBefore(started.plus(FIRST_TIMEOUT)))
                .findFirst()
                .map(streak ->
                        new AttestationTrouble(streak.since(), streak.last(), "timed out collecting selectors", false))
                .orElse(null);
    }

    private static boolean servedBefore(PodRecord pod, NodeRecord node, Instant since, Instant now) {
        Instant signed = Proof.signedAt(pod, node, now);
        return pod.pod().beforeCoverage() || (signed != null && signed.isBefore(since.minus(FIRST_FAILURE)));
    }

    /** Whether it may still be what the container before a restart was refused. */
    boolean leftover(PodRecord pod) {
        boolean restarted = pod.pod() != null && pod.pod().restarts() > 0;
        return own
                && restarted
                && AttestFailure.of(error) == AttestFailure.CONTAINER
                && last.isBefore(since.plus(LEFTOVER));
    }
}
