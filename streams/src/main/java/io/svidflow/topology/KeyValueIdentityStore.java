package io.svidflow.topology;

import io.svidflow.identity.EntryIssuance;
import io.svidflow.identity.IdentityStore;
import io.svidflow.identity.NodeRecord;
import io.svidflow.identity.PodRecord;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.KeyValueStore;

/** The records of stage 1 in Kafka Streams' stores. Composite keys are {@code node key, line feed, uid}. */
final class KeyValueIdentityStore implements IdentityStore {

    private final KeyValueStore<String, NodeRecord> nodes;
    private final KeyValueStore<String, PodRecord> pods;
    private final KeyValueStore<String, EntryIssuance> entries;
    private final KeyValueStore<String, String> components;
    private final Agenda<?> agenda;

    KeyValueIdentityStore(
            KeyValueStore<String, NodeRecord> nodes,
            KeyValueStore<String, PodRecord> pods,
            KeyValueStore<String, EntryIssuance> entries,
            KeyValueStore<String, String> components,
            Agenda<?> agenda) {
        this.nodes = nodes;
        this.pods = pods;
        this.entries = entries;
        this.components = components;
        this.agenda = agenda;
    }

    /** Keys of the nodes of a cluster that there is a record of. */
    List<String> nodes(String cluster) {
        List<String> keys = new ArrayList<>();
        try (KeyValueIterator<String, NodeRecord> all = nodes.all()) {
            all.forEachRemaining(entry -> keys.add(entry.key));
        }
        keys.removeIf(key -> !key.startsWith(cluster + '/'));
        return keys;
    }

    @Override
    public NodeRecord node(String nodeKey) {
        return nodes.get(nodeKey);
    }

    @Override
    public void putNode(String nodeKey, NodeRecord node) {
        put(nodes, nodeKey, node);
    }

    @Override
    public PodRecord pod(String nodeKey, String podUid) {
        return pods.get(key(nodeKey, podUid));
    }

    @Override
    public void putPod(String nodeKey, String podUid, PodRecord pod) {
        put(pods, key(nodeKey, podUid), pod);
    }

    @Override
    public List<String> pods(String nodeKey) {
        List<String> uids = new ArrayList<>();
        // no key of another node sorts between these two: what follows the node's name is a line feed
        try (KeyValueIterator<String, PodRecord> range = pods.range(key(nodeKey, ""), nodeKey + (char) ('\n' + 1))) {
            range.forEachRemaining(entry -> uids.add(entry.key.substring(nodeKey.length() + 1)));
        }
        return uids;
    }

    @Override
    public EntryIssuance entry(String nodeKey, String entryId) {
        return entries.get(key(nodeKey, entryId));
    }

    @Override
    public void putEntry(String nodeKey, String entryId, EntryIssuance entry) {
        put(entries, key(nodeKey, entryId), entry);
    }

    @Override
    public String component(String nodeKey, String podUid) {
        return components.get(key(nodeKey, podUid));
    }

    @Override
    public void putComponent(String nodeKey, String podUid, String told) {
        put(components, key(nodeKey, podUid), told);
    }

    @Override
    public void reschedule(String nodeKey, String podUid, Instant from, Instant to) {
        agenda.move(nodeKey, podUid, from, to);
    }

    private static <V> void put(KeyValueStore<String, V> store, String key, V value) {
        if (value == null) {
            store.delete(key);
        } else {
            store.put(key, value);
        }
    }

    private static String key(String nodeKey, String uid) {
        return nodeKey + '\n' + uid;
    }
}
