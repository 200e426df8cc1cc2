package io.svidflow.producer.live;

import java.time.Instant;
import java.util.Collections;
import java.util.Objects;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * How far a source has come.
 *
 * @param until everything up to and including this instant has been observed
 * @param marks what the source needs to go on from there, in its own words, e.g. an inode and an offset
 */
public record Position(Instant until, SortedMap<String, String> marks) {

    public Position {
        Objects.requireNonNull(until, "until");
        marks = Collections.unmodifiableSortedMap(new TreeMap<>(marks));
    }

    /** A position of a source that needs nothing to go on. */
    public static Position at(Instant until) {
        return new Position(until, new TreeMap<>());
    }

    /** The same with one more mark. */
    public Position with(String mark, String value) {
        SortedMap<String, String> more = new TreeMap<>(marks);
        more.put(mark, value);
        return new Position(until, more);
    }

    /** A mark, or the fallback where there is none. */
    public String mark(String name, String fallback) {
        return marks.getOrDefault(name, fallback);
    }
}
