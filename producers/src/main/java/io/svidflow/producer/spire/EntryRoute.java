package io.svidflow.producer.spire;

import io.svidflow.event.EntryObserved;
import io.svidflow.producer.Publication.Route;
import io.svidflow.topic.Topics;
import java.util.Optional;

/**
 * Where the facts about an entry go.
 *
 * @param node node of the pod that the selectors name, else of the parent agent; null if neither is known, as for a node
 *     alias: then every partition gets the entry
 * @param key record key
 * @param route one partition or all
 */
record EntryRoute(String node, String key, Route route) {

    private static final String NODE_NAME = "k8s:node-name:";

    static EntryRoute of(EntryObserved entry, String cluster, NodeDirectory directory) {
        // The pod first: where parent and pod are on two nodes, that is the fault, and the pod's node has to hear of
        // it.
        Optional<String> node = Optional.ofNullable(entry.getPodUid())
                .flatMap(directory::nodeOfPod)
                .or(() -> directory.nodeOf(entry.getParentId()))
                .or(() -> ApiValues.value(entry.getSelectors(), NODE_NAME));
        return to(node.orElse(null), cluster);
    }

    /** @param node null: every partition */
    static EntryRoute to(String node, String cluster) {
        return node == null
                ? new EntryRoute(null, cluster, Route.EVERY_PARTITION)
                : new EntryRoute(node, Topics.nodeKey(cluster, node), Route.BY_KEY);
    }
}
