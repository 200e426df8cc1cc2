package io.svidflow.diagnosis;

import static io.svidflow.diagnosis.Assessment.fact;
import static io.svidflow.diagnosis.Assessment.likely;
import static io.svidflow.diagnosis.Assessment.ruledOut;

import io.svidflow.event.Link;
import io.svidflow.event.PodTransition;
import io.svidflow.event.RequestHabit;
import java.time.Instant;

/**
 * The pod looks for the agent at a socket that nobody serves: it has never asked, or has not since the agent was replaced,
 * while its siblings do. A pod alone in its silence may have no use for an identity, and is not accused.
 */
public final class WorkloadSocketStale implements Cause {

    /** Its name in findings. */
    public static final String NAME = "WORKLOAD_SOCKET_STALE";

    private static final double ONE_SIBLING = 0.7;
    private static final double MORE = 0.8;

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public Layer layer() {
        return Layer.SOCKET;
    }

    @Override
    public Grouping grouping() {
        return Grouping.OWNER;
    }

    @Override
    public Assessment assess(Case question) {
        PodTransition pod = question.pod();
        if (pod.getSilentSince() == null) {
            return ruledOut(
                    pod.getRequests() == RequestHabit.UNSEEN
                            ? "nothing shows that the pod does not ask"
                            : "the pod reaches the agent: it was seen to ask");
        }
        if (!question.missingAnyOf(Link.SOCKET)) {
            return ruledOut("the pod's silence comes after another link that is missing");
        }
        SiblingRequests siblings = siblings(question.cluster(), pod);
        if (!meansSomething(pod, siblings)) {
            return likely(0.4, silence(pod.getSilentSince(), "nothing was heard from the pod"));
        }
        boolean ceased = pod.getRequests() == RequestHabit.CEASED;
        int others = ceased ? siblings.returned() : siblings.asked();
        String words = ceased
                ? "not one request from the pod since the agent started anew"
                : "not one request from the pod since its container started";
        String compared = others == 0
                ? "; before it kept a stream open"
                : "; of its siblings " + others + (ceased ? " asked again" : " asked within seconds");
        return likely(others > 1 ? MORE : ONE_SIBLING, silence(pod.getSilentSince(), words + compared));
    }

    /** Whether a pod that is not heard of ought to be, by what it did itself and by what its siblings do. */
    public static boolean suspects(PodTransition pod, ClusterView cluster) {
        return pod.getSilentSince() != null && meansSomething(pod, siblings(cluster, pod));
    }

    private static boolean meansSomething(PodTransition pod, SiblingRequests siblings) {
        if (pod.getRequests() == RequestHabit.CEASED) {
            return pod.getStreams() || siblings.returned() > 0;
        }
        return siblings.asked() > 0 && siblings.asked() >= siblings.silent();
    }

    private static SiblingRequests siblings(ClusterView cluster, PodTransition pod) {
        return pod.getOwner() == null
                ? SiblingRequests.NONE
                : cluster.siblingRequests(pod.getNamespace() + "/" + pod.getOwner(), pod.getTemplate());
    }

    private static io.svidflow.event.Evidence silence(Instant since, String words) {
        return fact(since, Link.SOCKET, words);
    }
}
