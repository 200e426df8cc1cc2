package io.svidflow.producer.kubernetes;

import io.fabric8.kubernetes.api.model.Node;
import io.fabric8.kubernetes.api.model.NodeCondition;
import io.fabric8.kubernetes.api.model.NodeSystemInfo;
import io.svidflow.event.EventHeader;
import io.svidflow.event.NodeEvent;
import io.svidflow.event.NodeObserved;
import io.svidflow.producer.EventHeaders;
import io.svidflow.producer.Observation;
import io.svidflow.producer.Publication;
import io.svidflow.producer.Publication.Route;
import io.svidflow.topic.Topics;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/** Turns Node objects into facts: which boot it is, and whether the node is Ready. */
public final class NodeMapper {

    private final EventHeaders headers;

    /** @param headers headers of the Kubernetes source */
    public NodeMapper(EventHeaders headers) {
        this.headers = headers;
    }

    /**
     * Maps one observation. The API does not say when a Node object changed, so the event time is the time of the
     * observation.
     *
     * @throws IllegalArgumentException if the object has no name or no UID
     */
    public Publication map(Observation<Node> observation) {
        Node node = observation.object();
        String name = Metadata.name(node);
        NodeObserved body = observed(node, observation.deleted());
        EventHeader header = headers.header(
                name,
                observation.at(),
                observation.at(),
                observation.sequence(),
                body.getUid(),
                body.toString(),
                observation.origin());
        return new Publication(
                Topics.NODE_EVENTS,
                Topics.nodeKey(headers.cluster(), name),
                new NodeEvent(header, body),
                observation.at(),
                Route.BY_KEY);
    }

    private static NodeObserved observed(Node node, boolean deleted) {
        Optional<NodeCondition> ready = conditions(node).stream()
                .filter(condition -> Conditions.READY.equals(condition.getType()))
                .findFirst();
        return NodeObserved.newBuilder()
                .setName(Metadata.name(node))
                .setUid(Metadata.uid(node))
                .setBootId(bootId(node))
                .setReady(Conditions.status(ready.map(NodeCondition::getStatus).orElse(null)))
                .setReadySince(Conditions.time(
                        ready.map(NodeCondition::getLastTransitionTime).orElse(null)))
                .setDeleted(deleted)
                .build();
    }

    private static List<NodeCondition> conditions(Node node) {
        return node.getStatus() == null
                ? List.of()
                : Objects.requireNonNullElse(node.getStatus().getConditions(), List.of());
    }

    private static String bootId(Node node) {
        NodeSystemInfo info = node.getStatus() == null ? null : node.getStatus().getNodeInfo();
        return info == null ? null : info.getBootID();
    }
}
