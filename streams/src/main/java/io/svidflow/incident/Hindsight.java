package io.svidflow.incident;

import io.svidflow.event.Finding;
import io.svidflow.event.PodTransition;
import java.time.Duration;
import java.time.Instant;

/**
 * When an open finding keeps its name although it is looked at again: what is the matter now does not tell why something
 * was missing until a moment ago.
 */
final class Hindsight {

    /** Stage 1 looks at a pod without identity every 10 s, and at one whose link has come a little later. */
    private static final Duration LOOKED_AT = Duration.ofSeconds(20);

    private Hindsight() {}

    static boolean keepsName(Finding open, ClusterState state, Instant now) {
        PodTransition pod = state.pod(open.getPodUid());
        return pod.getFirstMissing() == open.getFirstMissing() && (mended(pod) || healed(pod, state, now));
    }

    /** What the finding is about is there again, and nobody has seen the pod's identity yet. */
    private static boolean mended(PodTransition pod) {
        return pod.getProven().contains(pod.getFirstMissing());
    }

    /** The pod's agent has only just got well, and the pod has not been looked at since. */
    private static boolean healed(PodTransition pod, ClusterState state, Instant now) {
        Instant healed = state.healedAt(pod.getNode());
        return healed != null
                && now.isBefore(healed.plus(LOOKED_AT))
                && state.toldAt(pod.getPodUid()).isBefore(healed);
    }
}
