package io.svidflow.incident;

import io.svidflow.event.Finding;
import io.svidflow.event.Incident;
import io.svidflow.event.NodeTransition;
import io.svidflow.event.PodTransition;
import java.util.Optional;
import java.util.TreeMap;

/** Entries whose parent is what the agent of the pod's node was called before: the node was registered anew, and they were not. */
final class ParentDrift {

    static final String PREFIX = "entries name a former agent: ";

    private ParentDrift() {}

    static Optional<String> of(Incident incident, ClusterState state) {
        TreeMap<String, Integer> pods = new TreeMap<>();
        for (Finding finding : state.findings().values()) {
            PodTransition pod = state.pod(finding.getPodUid());
            NodeTransition node = state.node(finding.getNode());
            if (pod != null && node != null && incident.getId().equals(finding.getIncidentId())) {
                pod.getParents().stream()
                        .filter(parent -> node.getFormerAgentIds().contains(parent))
                        .filter(parent -> !parent.equals(node.getAgentId()))
                        .forEach(parent -> pods.merge(
                                parent + ", which was the agent of " + node.getNode() + " and is now "
                                        + node.getAgentId(),
                                1,
                                Integer::sum));
            }
        }
        return pods.isEmpty()
                ? Optional.empty()
                : Optional.of(PREFIX + words(pods.firstEntry().getValue()) + " the parent " + pods.firstKey());
    }

    private static String words(int pods) {
        return pods == 1 ? "those of one pod have" : "those of " + pods + " pods have";
    }
}
