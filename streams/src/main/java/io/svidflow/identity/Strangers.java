package io.svidflow.identity;

import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.Collections;
import java.util.Set;

/**
 * Processes that the agent refuses time and again and whose pod nobody tells. One of them is a given pod's only where no
 * other pod is left that it may belong to: of two pods that start together, one may have been served by a line that was
 * lost, and the other be the one that is refused.
 */
final class Strangers {

    /** A pod asks within this time, or not for the first time. */
    private static final Duration PROMPT = Duration.ofSeconds(60);

    private Strangers() {}

    /**
     * Whether the pod must be one whose process is refused.
     *
     * @param due a refusal before says nothing yet
     * @param neighbours pods of the node, the pod itself among them or not
     */
    static boolean include(PodRecord pod, NodeRecord node, Collection<PodRecord> neighbours, Instant due, Instant now) {
        Set<String> refused = refused(pod, node, due);
        long others = neighbours.stream()
                .filter(other -> !other.uid().equals(pod.uid()))
                .filter(other -> mayBeRefused(other, node, due, now))
                .filter(other -> !Collections.disjoint(refused, refused(other, node, Instant.MIN)))
                .count();
        return others < refused.size();
    }

    private static Set<String> refused(PodRecord pod, NodeRecord node, Instant due) {
        Instant from = Asking.since(pod, node);
        return from == null ? Set.of() : node.process().keepsRefusing(from, from.plus(PROMPT), due);
    }

    /** Nobody has seen that it was served by then, and nobody has named its process. */
    private static boolean mayBeRefused(PodRecord pod, NodeRecord node, Instant due, Instant now) {
        Instant served = Times.latest(pod.fetches().fetchedAt(), Proof.signedAt(pod, node, now));
        return pod.workload()
                && pod.running()
                && !Times.reached(pod.requests().heard(), Asking.since(pod, node))
                && !(served != null && served.isBefore(due));
    }
}
