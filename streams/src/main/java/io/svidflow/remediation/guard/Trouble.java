package io.svidflow.remediation.guard;

import io.svidflow.event.Finding;
import io.svidflow.event.RemediationAction;
import io.svidflow.remediation.Limits;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * How many are in trouble, of how many that svidflow could act on: nodes where agents are concerned, pods otherwise.
 *
 * @param what nodes or pods
 */
record Trouble(long count, long all, String what) {

    /** In a small cluster a share means nothing: one of two nodes is a half of it. */
    private static final long FEW = 2;

    static Trouble of(Question question) {
        if (question.action() == RemediationAction.RESTART_AGENT) {
            Set<String> nodes = Set.copyOf(ActionableNodes.of(question));
            Set<String> waiting = question.casebook().findings().stream()
                    .filter(finding ->
                            finding.getCause().equals(question.finding().getCause()))
                    .map(Finding::getNode)
                    .collect(Collectors.toSet());
            long troubled = question.view().nodes().stream()
                    .filter(node -> nodes.contains(node.getNode()))
                    .filter(node -> node.getSyncFailingSince() != null
                            || node.getNodeAttestFailingSince() != null
                            || Boolean.FALSE.equals(node.getAgentReady())
                            || waiting.contains(node.getNode()))
                    .count();
            return new Trouble(troubled, nodes.size(), "nodes");
        }
        long waiting = question.casebook().findings().stream()
                .filter(finding -> finding.getCause().equals(question.finding().getCause()))
                .count();
        long healthy = question.casebook().instants("sibling/").size();
        return new Trouble(waiting, waiting + healthy, "pods");
    }

    boolean beyond(Limits limits) {
        return count > limits.maxInTrouble() || (count > FEW && count > limits.maxShare() * all);
    }

    Map<String, String> numbers(Limits limits) {
        return Map.of(
                "inTrouble", String.valueOf(count),
                "of", String.valueOf(all),
                "limit", String.valueOf(limits.maxInTrouble()),
                "limitShare", String.valueOf(limits.maxShare()),
                "always", String.valueOf(FEW));
    }
}
