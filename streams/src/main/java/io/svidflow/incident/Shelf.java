package io.svidflow.incident;

import java.util.Collections;
import java.util.Map;
import java.util.TreeMap;
import org.apache.avro.specific.SpecificRecord;

/**
 * Records of one kind by name. Kept in memory and written through to the store.
 *
 * @param <V> what is kept
 */
final class Shelf<V extends SpecificRecord> {

    private final String kind;
    private final Class<V> type;
    private final ClusterStore store;
    private final Map<String, V> records = new TreeMap<>();

    Shelf(String kind, Class<V> type, ClusterStore store) {
        this.kind = kind;
        this.type = type;
        this.store = store;
    }

    /** Puts back what was saved. */
    void restore(String name, SpecificRecord record) {
        records.put(name, type.cast(record));
    }

    /** The record; null: there is none of that name. */
    V get(String name) {
        return records.get(name);
    }

    /** All records by name. */
    Map<String, V> all() {
        return Collections.unmodifiableMap(records);
    }

    /** @param record null: it is removed */
    void put(String name, V record) {
        V before = record == null ? records.remove(name) : records.put(name, record);
        if (before != record) {
            store.save(kind + "/" + name, record);
        }
    }
}
