package io.svidflow.topology;

import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * What is due when: per node the facts that wait for its watermark and the checks of its pods, and over all nodes who is
 * due first, so that a heartbeat costs only what is due. Kept in memory; rebuilt from the stores when a task starts.
 *
 * @param <E> the waiting events
 */
final class Agenda<E> {

    private record Check(Instant at, String podUid) implements Comparable<Check> {
        @Override
        public int compareTo(Check other) {
            int time = at.compareTo(other.at);
            return time == 0 ? podUid.compareTo(other.podUid) : time;
        }
    }

    private static final class Queue<E> {
        private final TreeMap<PendingKey, E> events = new TreeMap<>();
        private final TreeSet<Check> checks = new TreeSet<>();

        Instant first() {
            if (events.isEmpty()) {
                return checks.isEmpty() ? null : checks.first().at();
            }
            Instant event = events.firstKey().at();
            return checks.isEmpty() || !checks.first().at().isBefore(event)
                    ? event
                    : checks.first().at();
        }
    }

    /** Something whose time has come: an event, or the check of a pod. */
    record Due<E>(Instant at, PendingKey key, E event, String podUid) {}

    private final Map<String, Queue<E>> queues = new HashMap<>();
    private final TreeMap<Instant, TreeSet<String>> first = new TreeMap<>();

    void add(PendingKey key, E event) {
        update(key.subject(), queue -> queue.events.put(key, event));
    }

    void move(String node, String podUid, Instant from, Instant to) {
        if (from == null && to == null) {
            return;
        }
        update(node, queue -> {
            if (from != null) {
                queue.checks.remove(new Check(from, podUid));
            }
            if (to != null) {
                queue.checks.add(new Check(to, podUid));
            }
        });
    }

    /** Nodes that have something due at or before the given time. */
    List<String> nodesDue(Instant until) {
        List<String> nodes = new ArrayList<>();
        first.headMap(until, true).values().forEach(nodes::addAll);
        return nodes;
    }

    /** Takes what is due first at the node, facts before checks of the same instant; null: nothing is. */
    Due<E> poll(String node, Instant until) {
        Queue<E> queue = queues.get(node);
        Instant at = queue == null ? null : queue.first();
        if (at == null || at.isAfter(until)) {
            return null;
        }
        if (!queue.events.isEmpty() && queue.events.firstKey().at().equals(at)) {
            PendingKey key = queue.events.firstKey();
            E event = queue.events.get(key);
            update(node, q -> q.events.remove(key));
            return new Due<>(at, key, event, null);
        }
        Check check = queue.checks.first();
        update(node, q -> q.checks.remove(check));
        return new Due<>(at, null, null, check.podUid());
    }

    private void update(String node, java.util.function.Consumer<Queue<E>> change) {
        Queue<E> queue = queues.computeIfAbsent(node, n -> new Queue<>());
        Instant before = queue.first();
        change.accept(queue);
        Instant after = queue.first();
        if (before != null && !before.equals(after)) {
            first.computeIfPresent(before, (t, nodes) -> {
                nodes.remove(node);
                return nodes.isEmpty() ? null : nodes;
            });
        }
        if (after == null) {
            queues.remove(node);
        } else if (!after.equals(before)) {
            first.computeIfAbsent(after, t -> new TreeSet<>()).add(node);
        }
    }
}
