package io.svidflow.remediation.guard;

import io.svidflow.event.GuardDecision;
import io.svidflow.event.NodeTransition;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;

/** A node that has just come back may go again: it must have been Ready for a while. */
final class SteadyNode implements Guard {

    private static final Says SAYS = new Says("G16 steady-node");
    private static final Duration STEADY = Duration.ofSeconds(60);

    @Override
    public String name() {
        return SAYS.guard();
    }

    @Override
    public GuardDecision ask(Question question) {
        NodeTransition node = question.node();
        if (node == null || !Boolean.TRUE.equals(node.getReady())) {
            return SAYS.no("node " + question.finding().getNode() + " is not Ready");
        }
        Instant since = node.getRecoveredAt();
        return since != null && question.now().isBefore(since.plus(STEADY))
                ? SAYS.no(
                        "node " + node.getNode() + " came back at " + since,
                        Map.of("steadySeconds", String.valueOf(STEADY.toSeconds())),
                        since.plus(STEADY))
                : SAYS.yes("node " + node.getNode() + " is Ready" + (since == null ? "" : " since " + since));
    }
}
