package io.svidflow.producer.spire;

import io.svidflow.event.EntryObserved;
import io.svidflow.producer.Publication.Route;
import io.svidflow.topic.Topics;
import java.util.Optional;

/**
 * Where the facts about an entry go.
 *
 * @param node node of the parent agent, else of the pod that the selectors name; null if neither is known, as for a node
 *     alias: then every partition gets the entry
 * @param key record key
 * @param route one partition or all
 */
record EntryRoute(String node, String key, Route route) {

    private static final String NODE_NAME = "k8s:node-name:";

    static EntryRoute of(EntryObserved entry, String cluster, NodeDirectory directory) {
        Optional<String> node = directory
                .nodeOf(entry.getParentId())
                .or(() -> Optional.ofNullable(entry.getPodUid()).flatMap(directory::nodeOfPod))
                .or(() -> ApiValues.value(entry.getSelectors(), NODE_NAME));
        return node.map(name -> new EntryRoute(name, Topics.nodeKey(cluster, name), Route.BY_KEY))
                .orElseGet(() -> new EntryRoute(null, cluster, Route.EVERY_PARTITION));
    }
}
