package io.svidflow.identity;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;

/** Stage 1's records without Kafka. */
final class RecordsInMemory implements IdentityStore {

    record Check(Instant at, String podUid) implements Comparable<Check> {
        @Override
        public int compareTo(Check other) {
            int time = at.compareTo(other.at);
            return time == 0 ? podUid.compareTo(other.podUid) : time;
        }
    }

    private final Map<String, NodeRecord> nodes = new TreeMap<>();
    private final Map<String, PodRecord> pods = new TreeMap<>();
    private final Map<String, EntryIssuance> entries = new TreeMap<>();
    private final Map<String, String> components = new TreeMap<>();
    private final TreeSet<Check> checks = new TreeSet<>();

    /** Takes the first check that is due; null: none is. */
    Check firstDue(Instant until) {
        return checks.isEmpty() || checks.first().at().isAfter(until) ? null : checks.pollFirst();
    }

    /** Records and checks that are kept. */
    int size() {
        return nodes.size() + pods.size() + entries.size() + components.size() + checks.size();
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
        return pods.get(nodeKey + '\n' + podUid);
    }

    @Override
    public void putPod(String nodeKey, String podUid, PodRecord pod) {
        put(pods, nodeKey + '\n' + podUid, pod);
    }

    @Override
    public List<String> pods(String nodeKey) {
        return pods.keySet().stream()
                .filter(key -> key.startsWith(nodeKey + '\n'))
                .map(key -> key.substring(nodeKey.length() + 1))
                .toList();
    }

    @Override
    public EntryIssuance entry(String nodeKey, String entryId) {
        return entries.get(nodeKey + '\n' + entryId);
    }

    @Override
    public void putEntry(String nodeKey, String entryId, EntryIssuance entry) {
        put(entries, nodeKey + '\n' + entryId, entry);
    }

    @Override
    public String component(String nodeKey, String podUid) {
        return components.get(nodeKey + '\n' + podUid);
    }

    @Override
    public void putComponent(String nodeKey, String podUid, String told) {
        put(components, nodeKey + '\n' + podUid, told);
    }

    @Override
    public void reschedule(String nodeKey, String podUid, Instant from, Instant to) {
        if (from != null) {
            checks.remove(new Check(from, podUid));
        }
        if (to != null) {
            checks.add(new Check(to, podUid));
        }
    }

    private static <V> void put(Map<String, V> map, String key, V value) {
        if (value == null) {
            map.remove(key);
        } else {
            map.put(key, value);
        }
    }
}
