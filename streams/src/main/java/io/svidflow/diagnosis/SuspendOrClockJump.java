package io.svidflow.diagnosis;

import static io.svidflow.diagnosis.Assessment.fact;
import static io.svidflow.diagnosis.Assessment.likely;
import static io.svidflow.diagnosis.Assessment.ruledOut;
import static io.svidflow.diagnosis.Assessment.silent;

import io.svidflow.event.Link;
import io.svidflow.event.NodeTransition;
import java.time.Duration;
import java.time.Instant;

/**
 * The node's time stood still (kind SUSPEND), or its clock differs from that of the others (kind CLOCK): certificates and
 * tokens are expired, or not valid yet, for this node alone. The clock comes first; whatever is restarted before it is
 * right gets wrong certificates again.
 */
final class SuspendOrClockJump implements Cause {

    /** An agent that resumed has renewed and synchronised within one back-off, or has another trouble. */
    private static final Duration CONSEQUENCES = Duration.ofSeconds(300);

    /** Differences of clocks are seen again and again while they last. */
    private static final Duration RECENT = Duration.ofMinutes(20);

    @Override
    public String name() {
        return "SUSPEND_OR_CLOCK_JUMP";
    }

    @Override
    public Layer layer() {
        return Layer.AGENT_IDENTITY;
    }

    @Override
    public Grouping grouping() {
        return Grouping.AGENT;
    }

    @Override
    public Assessment assess(Case question) {
        NodeTransition node = question.node();
        if (node == null || question.missingAnyOf(Link.ENTRY_PRESENT, Link.PARENT_LIVE)) {
            return silent();
        }
        if (resumed(question, node)) {
            return likely(0.94, fact(node.getSuspendedFrom(), null, words(node)))
                    .ofKind("SUSPEND");
        }
        Long offset = node.getClockOffsetSeconds();
        if (offset != null && node.getClockOffsetAt().isAfter(question.now().minus(RECENT))) {
            return likely(
                            0.94,
                            fact(
                                    node.getClockOffsetAt(),
                                    null,
                                    "the clock of " + node.getNode() + " is at least " + Math.abs(offset) + " s "
                                            + (offset < 0 ? "behind" : "ahead") + ": " + node.getClockWitness()))
                    .ofKind("CLOCK");
        }
        return node.getRebooted() && near(node.getRecoveredAt(), question)
                ? ruledOut("the node restarted (new boot id): it did not stand still")
                : silent();
    }

    /** What waits since before the node resumed, and shortly after, waits on account of it. */
    private static boolean resumed(Case question, NodeTransition node) {
        Instant resumed = node.getResumedAt();
        return resumed != null
                && question.now().isBefore(resumed.plus(CONSEQUENCES))
                && question.podStart() != null
                && question.podStart().isBefore(resumed.plus(ClusterView.AFTERMATH));
    }

    private static boolean near(Instant recovered, Case question) {
        return recovered != null && recovered.isAfter(question.now().minus(CONSEQUENCES));
    }

    private static String words(NodeTransition node) {
        return "kubelet and agent of " + node.getNode() + " were silent together from " + node.getSuspendedFrom()
                + " until " + node.getResumedAt() + ", and neither restarted";
    }
}
