package io.svidflow.topology;

import io.svidflow.event.EventHeader;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.KeyValueStore;

/**
 * Facts that were applied lately. A producer that starts again repeats what it has published; a fact that waits for its
 * turn is the same as its repetition, but one that has had its turn must not have it twice: a refusal would count as two,
 * and a pod that is gone would be back.
 */
final class AppliedFacts {

    /** Whoever repeats himself later than this is not recognised. */
    static final Duration MEMORY = Duration.ofMinutes(10);

    /** Forgetting looks at every subject: now and then is enough. */
    private static final Duration SWEEP = Duration.ofSeconds(30);

    private static final char SEPARATOR = '\n';

    private final KeyValueStore<String, String> store;
    private final Map<String, Instant> first = new HashMap<>();
    private final Map<String, Instant> swept = new HashMap<>();

    AppliedFacts(KeyValueStore<String, String> store) {
        this.store = store;
        try (KeyValueIterator<String, String> all = store.all()) {
            all.forEachRemaining(fact -> first.merge(subject(fact.key), time(fact.key), AppliedFacts::earlier));
        }
    }

    /** Whether the fact was applied already. */
    boolean contains(String subject, EventHeader fact) {
        return store.get(key(subject, fact)) != null;
    }

    /** The fact has been applied. */
    void add(String subject, EventHeader fact) {
        store.put(key(subject, fact), "");
        first.merge(subject, fact.getObservedTime(), AppliedFacts::earlier);
    }

    /** Forgets what is too old at {@code now}, for subjects of the cluster: the cluster itself and its nodes. */
    void sweep(String cluster, Instant now) {
        Instant before = swept.get(cluster);
        if (before != null && now.isBefore(before.plus(SWEEP))) {
            return;
        }
        swept.put(cluster, now);
        Instant limit = now.minus(MEMORY);
        List<String> stale = new ArrayList<>();
        first.forEach((subject, since) -> {
            if (since.isBefore(limit) && (subject.equals(cluster) || subject.startsWith(cluster + '/'))) {
                stale.add(subject);
            }
        });
        stale.forEach(subject -> forget(subject, limit));
    }

    private void forget(String subject, Instant limit) {
        List<String> old = new ArrayList<>();
        try (KeyValueIterator<String, String> facts =
                store.range(subject + SEPARATOR, subject + SEPARATOR + ordered(limit))) {
            facts.forEachRemaining(fact -> old.add(fact.key));
        }
        old.forEach(store::delete);
        try (KeyValueIterator<String, String> rest =
                store.range(subject + SEPARATOR, subject + SEPARATOR + Character.MAX_VALUE)) {
            if (rest.hasNext()) {
                first.put(subject, time(rest.next().key));
            } else {
                first.remove(subject);
            }
        }
    }

    private static String key(String subject, EventHeader fact) {
        return subject + SEPARATOR + ordered(fact.getObservedTime()) + SEPARATOR + fact.getId();
    }

    private static String ordered(Instant at) {
        return PendingKey.ordered(ChronoUnit.MICROS.between(Instant.EPOCH, at));
    }

    private static String subject(String key) {
        return key.substring(0, key.indexOf(SEPARATOR));
    }

    private static Instant time(String key) {
        int start = key.indexOf(SEPARATOR) + 1;
        long micros = Long.parseUnsignedLong(key.substring(start, key.indexOf(SEPARATOR, start)), 16) + Long.MIN_VALUE;
        return Instant.EPOCH.plus(micros, ChronoUnit.MICROS);
    }

    private static Instant earlier(Instant a, Instant b) {
        return a.isBefore(b) ? a : b;
    }
}
