package io.svidflow.remediation.guard;

import io.svidflow.event.GuardDecision;
import io.svidflow.event.NodeTransition;
import io.svidflow.remediation.Deeds;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/** While somebody rolls out agents, or reboots one node after the other, svidflow stays out of the way. */
final class Maintenance implements Guard {

    private static final Says SAYS = new Says("G20 maintenance");
    private static final Duration RECENT = Duration.ofMinutes(3);
    private static final int ENOUGH = 2;

    @Override
    public String name() {
        return SAYS.guard();
    }

    @Override
    public GuardDecision ask(Question question) {
        Instant since = question.now().minus(RECENT);
        List<String> started = question.view().nodes().stream()
                .filter(node -> !node.getNode().equals(question.finding().getNode()))
                .filter(node -> node.getAgentStartedAt() != null
                        && node.getAgentStartedAt().isAfter(since))
                .map(NodeTransition::getNode)
                .filter(node -> Deeds.of(question.casebook()).noneMatch(deed -> node.equals(deed.getNode())))
                .sorted()
                .toList();
        return started.size() >= ENOUGH
                ? SAYS.no(
                        "the agents of " + String.join(", ", started)
                                + " were started anew of late: somebody is at work",
                        Map.of("agents", String.valueOf(started.size()), "limit", String.valueOf(ENOUGH - 1)),
                        question.now().plus(RECENT))
                : SAYS.yes("no rollout of agents is under way");
    }
}
