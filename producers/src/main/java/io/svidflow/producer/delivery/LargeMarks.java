package io.svidflow.producer.delivery;

import io.svidflow.event.Checkpoint;
import io.svidflow.topic.Topics;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.UUID;
import java.util.function.Function;

/**
 * Marks that are too large to be stored with every position, of one source. Each is stored in a record of its own, when it
 * has changed, and before the position that refers to it; in one of two slots, so that the position that was stored last
 * still finds what it refers to. Not thread-safe.
 */
final class LargeMarks {

    /** Positions are stored every second. */
    static final int LARGE = 4096;

    private static final String FIRST = "0";
    private static final String SECOND = "1";

    private final Map<String, Stowed> stowed = new HashMap<>();

    private record Stowed(String value, String slot) {

        String reference() {
            return slot + " " + hash(value);
        }
    }

    /**
     * A position, ready to be stored.
     *
     * @param first records that must be stored before, by key
     * @param position what refers to them
     */
    record Prepared(Map<String, Checkpoint> first, Checkpoint position) {}

    /** @param stored where an earlier process stopped */
    LargeMarks(Optional<Checkpoint> stored) {
        stored.ifPresent(there -> there.getElsewhere().forEach((name, reference) -> {
            String value = there.getMarks().get(name);
            if (value != null) {
                stowed.put(name, new Stowed(value, slot(reference)));
            }
        }));
    }

    /** What is to be stored, as long as nothing else is known to be. */
    Prepared prepare(Checkpoint whole) {
        Map<String, Checkpoint> first = new TreeMap<>();
        Map<String, String> small = new TreeMap<>();
        Map<String, String> elsewhere = new TreeMap<>();
        whole.getMarks().forEach((name, value) -> {
            if (value.length() <= LARGE) {
                small.put(name, value);
                return;
            }
            Stowed stow = stow(name, value);
            elsewhere.put(name, stow.reference());
            if (!stow.equals(stowed.get(name))) {
                first.put(
                        key(whole, name, stow.slot()),
                        Checkpoint.newBuilder(whole)
                                .setMarks(Map.of(name, value))
                                .setOrdinals("")
                                .build());
            }
        });
        Checkpoint position = Checkpoint.newBuilder(whole)
                .setMarks(small)
                .setElsewhere(elsewhere)
                .build();
        return new Prepared(first, position);
    }

    private Stowed stow(String name, String value) {
        Stowed before = stowed.get(name);
        if (before != null && before.value().equals(value)) {
            return before;
        }
        return new Stowed(value, before != null && before.slot().equals(FIRST) ? SECOND : FIRST);
    }

    /** A position that was prepared has been stored, with what it refers to. */
    void stored(Checkpoint whole) {
        whole.getMarks().forEach((name, value) -> {
            if (value.length() > LARGE) {
                stowed.put(name, stow(name, value));
            }
        });
    }

    /** Keys of everything that there may be. */
    List<String> keys(String cluster, String source) {
        List<String> keys = new ArrayList<>();
        for (String name : stowed.keySet()) {
            keys.add(key(cluster, source, name, FIRST));
            keys.add(key(cluster, source, name, SECOND));
        }
        return keys;
    }

    /**
     * A stored position with the marks that are elsewhere; those that are not there as they were are left out.
     *
     * @param records finds a record by its key; null where there is none
     */
    static Checkpoint assembled(Checkpoint position, Function<String, Checkpoint> records) {
        Map<String, String> marks = new TreeMap<>(position.getMarks());
        Map<String, String> found = new TreeMap<>();
        position.getElsewhere().forEach((name, reference) -> {
            Checkpoint there = records.apply(key(position, name, slot(reference)));
            String value = there == null ? null : there.getMarks().get(name);
            if (value != null && new Stowed(value, slot(reference)).reference().equals(reference)) {
                marks.put(name, value);
                found.put(name, reference);
            }
        });
        return Checkpoint.newBuilder(position)
                .setMarks(marks)
                .setElsewhere(found)
                .build();
    }

    private static String key(Checkpoint whole, String name, String slot) {
        return key(whole.getCluster(), whole.getSource(), name, slot);
    }

    private static String key(String cluster, String source, String name, String slot) {
        return Topics.sourceKey(cluster, source) + "#" + name + "/" + slot;
    }

    private static String slot(String reference) {
        return reference.substring(0, reference.indexOf(' '));
    }

    private static String hash(String value) {
        return UUID.nameUUIDFromBytes(value.getBytes(StandardCharsets.UTF_8)).toString();
    }
}
