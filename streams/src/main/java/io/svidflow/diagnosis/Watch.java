package io.svidflow.diagnosis;

import java.time.Duration;
import java.time.Instant;
import java.util.Set;
import java.util.TreeSet;

/**
 * Whether the sources that would tell of somebody have been heard of: only then is it silent who is not told of.
 *
 * @param missing sources that are silent themselves
 * @param lostAt when the first of them fell silent; null: none is
 * @param since since when all of them have been heard of, after a time in which one was not; null: always
 */
public record Watch(Set<String> missing, Instant lostAt, Instant since) {

    static final Watch UNBROKEN = new Watch(Set.of(), null, null);

    public Watch {
        missing = missing == null ? Set.of() : Set.copyOf(missing);
    }

    Watch lost(String source, Instant at) {
        Set<String> now = new TreeSet<>(missing);
        return now.add(source) ? new Watch(now, lostAt == null ? at : lostAt, since) : this;
    }

    Watch regained(String source, Instant at) {
        Set<String> now = new TreeSet<>(missing);
        if (!now.remove(source)) {
            return this;
        }
        Instant back = since == null || at.isAfter(since) ? at : since;
        return now.isEmpty() ? new Watch(now, null, back) : new Watch(now, lostAt, since);
    }

    /** How long after {@code from}, and up to {@code now} or the loss of a source, nothing would have been missed. */
    Duration unbroken(Instant from, Instant now) {
        Instant start = since != null && since.isAfter(from) ? since : from;
        Instant end = lostAt != null && lostAt.isBefore(now) ? lostAt : now;
        return start.equals(Instant.MIN) || end.isBefore(start) ? Duration.ZERO : Duration.between(start, end);
    }
}
