package io.svidflow.resync.scene;

import java.util.List;
import java.util.Optional;

/**
 * What Kubernetes says.
 *
 * @param node the command's node; empty: there is none of that name
 * @param waiting the pod that waits; empty: there is none of that name
 * @param target what the action would be carried out on; empty: there is none of that name
 * @param namespaceLeftAlone somebody has marked the target's namespace as nothing for svidflow
 * @param agent the SPIRE agent on the node; empty: there is none
 * @param agents all SPIRE agents, where the one on the node runs
 * @param rollout of the agents; empty: they are not a DaemonSet's
 * @param budgets PodDisruptionBudgets that cover the target
 * @param nodes how many nodes there are
 * @param nodesReady how many of them are Ready
 */
public record Place(
        Optional<SeenNode> node,
        Optional<SeenPod> waiting,
        Optional<SeenPod> target,
        boolean namespaceLeftAlone,
        Optional<SeenPod> agent,
        List<SeenPod> agents,
        Optional<SeenRollout> rollout,
        List<SeenBudget> budgets,
        int nodes,
        int nodesReady) {

    public Place {
        agents = List.copyOf(agents);
        budgets = List.copyOf(budgets);
    }
}
