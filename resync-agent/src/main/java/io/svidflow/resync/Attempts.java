package io.svidflow.resync;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BiPredicate;
import org.apache.kafka.common.serialization.StringSerializer;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.KeyValueStore;

/** Attempts that wait for their answer, and those that have it: an attempt that is read again is not answered again. */
final class Attempts {

    /** Longer than any command is good for, and than a planner or broker could take to send one again. */
    private static final Duration REMEMBERED = Duration.ofDays(1);

    private static final char SEPARATOR = '\n';

    private final KeyValueStore<String, Command> waiting;
    private final KeyValueStore<String, Instant> answered;

    Attempts(KeyValueStore<String, Command> waiting, KeyValueStore<String, Instant> answered) {
        this.waiting = waiting;
        this.answered = answered;
    }

    void add(Command command) {
        String key = key(command);
        if (answered.get(key) == null) {
            waiting.put(key, command);
        }
    }

    List<Command> due(String cluster, Instant now) {
        return matching(waiting, cluster, (key, command) -> command.due(now)).stream()
                .map(waiting::get)
                .toList();
    }

    void answered(Command command) {
        String key = key(command);
        waiting.delete(key);
        answered.put(key, command.expiresAt());
    }

    /** Forgets answers that nobody will ask for again. */
    void forget(String cluster, Instant now) {
        matching(answered, cluster, (key, expiresAt) -> expiresAt
                        .plus(REMEMBERED)
                        .isBefore(now))
                .forEach(answered::delete);
    }

    private static <V> List<String> matching(
            KeyValueStore<String, V> store, String cluster, BiPredicate<String, V> condition) {
        List<String> keys = new ArrayList<>();
        try (KeyValueIterator<String, V> all = store.prefixScan(cluster + SEPARATOR, new StringSerializer())) {
            all.forEachRemaining(entry -> {
                if (condition.test(entry.key, entry.value)) {
                    keys.add(entry.key);
                }
            });
        }
        return keys;
    }

    private static String key(Command command) {
        return command.cluster() + SEPARATOR + command.attempt();
    }
}
