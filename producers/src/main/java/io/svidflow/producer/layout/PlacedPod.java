package io.svidflow.producer.layout;

import io.svidflow.event.PodRole;
import java.util.List;
import java.util.Map;

/**
 * A pod and where it runs.
 *
 * @param namespace its namespace
 * @param name its name
 * @param node its node
 * @param role what it is to the identity chain
 * @param labels its labels
 * @param ownerKind kind of its controller; null: it has none
 * @param ownerName name of its controller; null: it has none
 * @param images images of its containers
 */
public record PlacedPod(
        String namespace,
        String name,
        String node,
        PodRole role,
        Map<String, String> labels,
        String ownerKind,
        String ownerName,
        List<String> images) {

    public PlacedPod {
        labels = Map.copyOf(labels);
        images = List.copyOf(images);
    }

    /** Namespace and name. */
    public String path() {
        return namespace + "/" + name;
    }
}
