package io.svidflow.identity;

import io.svidflow.event.RequestHabit;
import java.time.Duration;
import java.time.Instant;

/**
 * Whether a pod asks for its identity. Nobody logs that nothing is asked: only an agent that names everybody who asks makes
 * silence mean something, and even then the pod may have no use for an identity. What the pod's siblings do decides that.
 *
 * @param lookAgain when silence begins to mean something; null: time alone changes nothing
 */
record Asking(RequestHabit habit, Instant lookAgain) {

    static final Asking UNSEEN = new Asking(RequestHabit.UNSEEN, null);

    /** A pod asks within seconds of its start; one that does so later is no measure for others. */
    private static final Duration PROMPT = Duration.ofSeconds(30);

    private static final Duration PATIENCE = Duration.ofSeconds(75);
    /** Clients come back within 30 s (go-spiffe) or 60 s (java-spiffe) after their agent was replaced. */
    private static final Duration PATIENCE_WITH_RETURN = Duration.ofSeconds(120);

    static Asking of(PodRecord pod, NodeRecord node, Coverage coverage, Instant now) {
        if (!pod.workload() || !pod.running() || coverage.blind() || coverage.since() == null) {
            return UNSEEN;
        }
        Instant started = pod.pod().startedAt();
        Instant from = since(pod, node);
        boolean older = from.isAfter(started);
        if (Times.reached(pod.requests().heard(), from)) {
            return asked(pod, started, older);
        }
        NamedRequests named = node.named();
        boolean everybodyNamed = Times.reached(named.last(), from) && (older || !started.isBefore(named.since()));
        if (from.isBefore(coverage.since())) {
            return UNSEEN;
        }
        Duration gaps = Duration.ofMillis(2 * pod.requests().longestGapMillis());
        Duration patience = older ? longer(PATIENCE_WITH_RETURN, gaps) : PATIENCE;
        Instant due = from.plus(patience);
        if (now.isBefore(due)) {
            return named.since() == null ? UNSEEN : new Asking(RequestHabit.UNSEEN, due);
        }
        // the line that names the pod is one of several that tell of a request
        boolean unheard = everybodyNamed && !named.strangerSince(from);
        return unheard ? new Asking(older ? RequestHabit.CEASED : RequestHabit.SILENT, null) : UNSEEN;
    }

    /** From when on a request of the pod was to be seen: it asks when it starts, and again when its agent has started anew. */
    static Instant since(PodRecord pod, NodeRecord node) {
        return Times.latest(pod.pod().startedAt(), node.process().startedAt());
    }

    private static Asking asked(PodRecord pod, Instant started, boolean older) {
        if (older) {
            return new Asking(RequestHabit.RETURNED, null);
        }
        boolean prompt = pod.requests().first().isBefore(started.plus(PROMPT));
        return prompt ? new Asking(RequestHabit.ASKED, null) : UNSEEN;
    }

    private static Duration longer(Duration a, Duration b) {
        return a.compareTo(b) > 0 ? a : b;
    }
}
