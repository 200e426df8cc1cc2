package io.svidflow.resync;

import io.svidflow.event.NodeObserved;
import io.svidflow.event.PodObserved;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.apache.kafka.common.serialization.StringSerializer;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.KeyValueStore;

/**
 * The actor's own view of nodes and pods, as new as the facts that have arrived. What is gone is dropped at once: one
 * source tells of a node's pods in order, so nothing older follows a deletion.
 */
final class View {

    private static final char SEPARATOR = '\n';

    private final KeyValueStore<String, KnownNode> nodes;
    private final KeyValueStore<String, KnownPod> pods;

    View(KeyValueStore<String, KnownNode> nodes, KeyValueStore<String, KnownPod> pods) {
        this.nodes = nodes;
        this.pods = pods;
    }

    void observe(String nodeKey, NodeObserved node, Instant at) {
        KnownNode before = nodes.get(nodeKey);
        if (before != null && at.isBefore(before.observedAt())) {
            return;
        }
        if (node.getDeleted()) {
            nodes.delete(nodeKey);
        } else {
            nodes.put(nodeKey, new KnownNode(node.getBootId(), at));
        }
    }

    void observe(String nodeKey, PodObserved pod, Instant at) {
        String key = nodeKey + SEPARATOR + pod.getUid();
        KnownPod before = pods.get(key);
        if (before != null && at.isBefore(before.observedAt())) {
            return;
        }
        if (pod.getDeleted()) {
            pods.delete(key);
        } else {
            pods.put(key, KnownPod.of(pod, at));
        }
    }

    NodeView of(String nodeKey) {
        List<KnownPod> known = new ArrayList<>();
        try (KeyValueIterator<String, KnownPod> found = pods.prefixScan(nodeKey + SEPARATOR, new StringSerializer())) {
            found.forEachRemaining(entry -> known.add(entry.value));
        }
        return new NodeView(nodes.get(nodeKey), known);
    }
}
