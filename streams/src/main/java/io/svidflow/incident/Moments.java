package io.svidflow.incident;

import java.time.Instant;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/** Moments that stage 2 remembers by name. Kept in memory and written through to the store. */
final class Moments {

    private final ClusterStore store;
    private final TreeMap<String, Instant> moments = new TreeMap<>();

    Moments(ClusterStore store) {
        this.store = store;
    }

    /** Puts back what was saved. */
    void restore(String name, Instant at) {
        moments.put(name, at);
    }

    /** The moment; null: none of that name is remembered. */
    Instant get(String name) {
        return moments.get(name);
    }

    boolean knows(String name) {
        return moments.containsKey(name);
    }

    void remember(String name, Instant at) {
        if (!at.equals(moments.put(name, at))) {
            store.save(name, at);
        }
    }

    /** Keeps the later one of this moment and the one that is remembered. */
    void rememberLatest(String name, Instant at) {
        Instant known = moments.get(name);
        if (known == null || at.isAfter(known)) {
            remember(name, at);
        }
    }

    void forget(String name) {
        if (moments.remove(name) != null) {
            store.save(name, (Instant) null);
        }
    }

    /** Forgets all whose names begin like this. */
    void forgetBelow(String prefix) {
        List.copyOf(below(prefix).keySet()).forEach(this::forget);
    }

    /** All whose names begin like this. */
    SortedMap<String, Instant> below(String prefix) {
        return moments.subMap(prefix, prefix + Character.MAX_VALUE);
    }
}
