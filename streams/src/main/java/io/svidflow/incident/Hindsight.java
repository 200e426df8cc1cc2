package io.svidflow.incident;

import io.svidflow.diagnosis.Diagnosis;
import io.svidflow.event.Alternative;
import io.svidflow.event.Finding;
import io.svidflow.event.PodTransition;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * When an open finding keeps its name although it is looked at again: what is the matter now does not tell why something
 * was missing until a moment ago.
 */
final class Hindsight {

    /** Stage 1 looks at a pod without identity every 10 s, and at one whose link has come a little later. */
    private static final Duration LOOKED_AT = Duration.ofSeconds(20);

    /** What is this sure was shown, and not concluded from what nobody saw. */
    private static final double SHOWN = 0.9;

    private Hindsight() {}

    /**
     * The finding under the name that it keeps, less sure where what has come since speaks against it; empty: it is named
     * anew.
     *
     * @param open the finding; null: there is none yet
     * @param anew what would be said of the pod now
     */
    static Optional<Finding> named(Finding open, ClusterState state, Diagnosis anew, Instant now) {
        PodTransition pod = open == null ? null : state.pod(open.getPodUid());
        if (pod == null || pod.getFirstMissing() != open.getFirstMissing()) {
            return Optional.empty();
        }
        if (mended(pod)) {
            return Optional.of(weighed(open, anew));
        }
        return healed(pod, state, now) ? Optional.of(open) : Optional.empty();
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

    private static Finding weighed(Finding open, Diagnosis anew) {
        double now = anew.cause().equals(open.getCause()) ? anew.confidence() : asAlternative(open, anew);
        return open.getConfidence() >= SHOWN || now >= open.getConfidence() ? open : Findings.lessSure(open, now);
    }

    private static double asAlternative(Finding open, Diagnosis anew) {
        return anew.alternatives().stream()
                .filter(other -> other.getCause().equals(open.getCause()))
                .mapToDouble(Alternative::getConfidence)
                .findFirst()
                .orElse(Diagnosis.DOUBTFUL);
    }
}
