package io.svidflow.producer.bundle;

import com.fasterxml.jackson.databind.JsonNode;
import io.svidflow.producer.bundle.ObservedObjects.Observed;
import io.svidflow.producer.layout.PlacedNode;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** The nodes of a bundle, with the times at which they came back: a new boot id, or Ready again. */
final class NodeHistory {

    private final ObservedObjects objects;

    NodeHistory(ObservedObjects objects) {
        this.objects = objects;
    }

    private record Seen(boolean ready, String bootId, List<Instant> recoveries) {}

    List<PlacedNode> read() {
        Map<String, Seen> nodes = new TreeMap<>();
        for (Observed observed : objects.all("nodes")) {
            String name = observed.object().at("/metadata/name").asText("");
            if (name.isEmpty()) {
                objects.skip(observed.place(), "Node without metadata.name");
            } else if (observed.deleted()) {
                nodes.remove(name);
            } else {
                nodes.put(name, seen(nodes.get(name), observed));
            }
        }
        return nodes.entrySet().stream()
                .map(node -> new PlacedNode(
                        node.getKey(), node.getValue().ready(), node.getValue().recoveries()))
                .toList();
    }

    private static Seen seen(Seen before, Observed now) {
        boolean ready = ready(now.object());
        String boot = now.object().at("/status/nodeInfo/bootID").asText("");
        List<Instant> recoveries = new ArrayList<>(before == null ? List.of() : before.recoveries());
        boolean cameBack =
                before != null && ready && (!before.ready() || !before.bootId().equals(boot));
        if (cameBack) {
            recoveries.add(now.at());
        }
        return new Seen(ready, boot, recoveries);
    }

    private static boolean ready(JsonNode node) {
        for (JsonNode condition : node.at("/status/conditions")) {
            if (condition.path("type").asText().equals("Ready")) {
                return condition.path("status").asText().equals("True");
            }
        }
        return false;
    }
}
