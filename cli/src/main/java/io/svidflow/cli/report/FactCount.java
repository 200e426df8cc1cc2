package io.svidflow.cli.report;

import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What went into a verdict.
 *
 * @param bySource facts by source, e.g. {@code agent-log/node-1}; heartbeats are not counted
 * @param deadLettered pieces of raw material that could not be understood and were kept as dead letters
 * @param unknownLines log lines that were read well and mean nothing to svidflow
 * @param notCollected kinds of sources that could have told more, and that nobody collected
 */
public record FactCount(
        SortedMap<String, Long> bySource, long deadLettered, long unknownLines, List<String> notCollected) {

    public FactCount {
        bySource = Collections.unmodifiableSortedMap(new TreeMap<>(bySource));
        bySource.forEach((source, facts) -> requireNotNegative("facts of " + source, facts));
        requireNotNegative("dead letters", deadLettered);
        requireNotNegative("unknown lines", unknownLines);
        notCollected = List.copyOf(notCollected);
    }

    /** Counts from any map. */
    public static FactCount of(Map<String, Long> bySource, long deadLettered, long unknownLines) {
        return new FactCount(new TreeMap<>(bySource), deadLettered, unknownLines, List.of());
    }

    /** All facts of all sources. */
    public long in() {
        return bySource.values().stream().mapToLong(Long::longValue).sum();
    }

    private static void requireNotNegative(String what, long count) {
        if (count < 0) {
            throw new IllegalArgumentException(what + " must not be negative, but is " + count);
        }
    }
}
