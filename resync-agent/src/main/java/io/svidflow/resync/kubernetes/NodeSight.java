package io.svidflow.resync.kubernetes;

import io.fabric8.kubernetes.api.model.Node;
import io.fabric8.kubernetes.api.model.ObjectMeta;
import io.svidflow.resync.scene.Mark;
import io.svidflow.resync.scene.SeenNode;
import java.util.List;
import java.util.Map;

/** Makes of a Node object what an actor needs to know of it. */
final class NodeSight {

    private static final List<String> CONTROL_PLANE =
            List.of("node-role.kubernetes.io/control-plane", "node-role.kubernetes.io/master");

    private NodeSight() {}

    static SeenNode of(Node node) {
        ObjectMeta meta = node.getMetadata();
        Map<String, String> labels = meta.getLabels() == null ? Map.of() : meta.getLabels();
        boolean known = node.getStatus() != null && node.getStatus().getNodeInfo() != null;
        return new SeenNode(
                meta.getName(),
                meta.getUid(),
                known ? node.getStatus().getNodeInfo().getBootID() : null,
                ready(node),
                node.getSpec() != null && Boolean.TRUE.equals(node.getSpec().getUnschedulable()),
                CONTROL_PLANE.stream().anyMatch(labels::containsKey),
                Mark.on(labels, meta.getAnnotations()));
    }

    static boolean ready(Node node) {
        return node.getStatus() != null
                && node.getStatus().getConditions().stream()
                        .anyMatch(condition -> condition.getType().equals("Ready")
                                && condition.getStatus().equals("True"));
    }
}
