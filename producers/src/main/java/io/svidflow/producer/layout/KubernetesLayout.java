package io.svidflow.producer.layout;

import io.svidflow.event.PodRole;
import java.util.List;
import java.util.Optional;

/**
 * Nodes, pods and what controls them.
 *
 * @param nodes nodes, by name
 * @param pods pods that have a node and are not gone
 * @param controllers StatefulSets, Deployments and DaemonSets
 * @param budgets PodDisruptionBudgets
 */
public record KubernetesLayout(
        List<PlacedNode> nodes, List<PlacedPod> pods, List<Controller> controllers, List<DisruptionBudget> budgets) {

    public KubernetesLayout {
        nodes = List.copyOf(nodes);
        pods = List.copyOf(pods);
        controllers = List.copyOf(controllers);
        budgets = List.copyOf(budgets);
    }

    /** The pods that play a role. */
    public List<PlacedPod> pods(PodRole role) {
        return pods.stream().filter(pod -> pod.role() == role).toList();
    }

    /** The pods of a node that play a role. */
    public List<PlacedPod> pods(PodRole role, String node) {
        return pods(role).stream().filter(pod -> pod.node().equals(node)).toList();
    }

    /** The controllers of pods that play a role. */
    public List<Controller> controllers(PodRole role) {
        return controllers.stream().filter(it -> it.role() == role).toList();
    }

    /** The controller of a pod, where it was collected. */
    public Optional<Controller> controllerOf(PlacedPod pod) {
        return controllers.stream().filter(it -> it.owns(pod)).findFirst();
    }
}
