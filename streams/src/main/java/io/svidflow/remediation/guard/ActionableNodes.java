package io.svidflow.remediation.guard;

import io.svidflow.event.GuardDecision;
import io.svidflow.event.NodeTransition;
import java.util.List;
import java.util.Map;

/** Shares are of what svidflow could act on. Of nothing there is no share, and the target must be among it. */
final class ActionableNodes implements Guard {

    private static final Says SAYS = new Says("G4 actionable-nodes");

    @Override
    public String name() {
        return SAYS.guard();
    }

    @Override
    public GuardDecision ask(Question question) {
        List<String> nodes = of(question);
        Map<String, String> numbers = Map.of("actionable", String.valueOf(nodes.size()));
        if (nodes.isEmpty()) {
            return SAYS.no("there is no node whose agent is known and that svidflow could act on", numbers, null);
        }
        return nodes.contains(question.finding().getNode())
                ? SAYS.yes("its node is one of those that svidflow could act on", numbers)
                : SAYS.no("its node is none of those that svidflow could act on", numbers, null);
    }

    /** Nodes that are there, with an agent that is known and not banned. */
    static List<String> of(Question question) {
        return question.view().nodes().stream()
                .filter(node -> !node.getGone() && !node.getBanned() && node.getAgentPod() != null)
                .map(NodeTransition::getNode)
                .sorted()
                .toList();
    }
}
