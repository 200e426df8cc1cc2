package io.svidflow.benchmark.lines;

import io.svidflow.producer.spire.MappedLine.Outcome;
import java.util.EnumMap;
import java.util.Map;

/** What became of lines of one form, and how long that took. */
final class Census {

    private final Map<Outcome, Long> outcomes = new EnumMap<>(Outcome.class);
    private long lines;
    private long nanos;

    void count(Outcome outcome) {
        lines++;
        outcomes.merge(outcome, 1L, Long::sum);
    }

    void took(long nanoseconds) {
        nanos += nanoseconds;
    }

    long lines() {
        return lines;
    }

    long of(Outcome outcome) {
        return outcomes.getOrDefault(outcome, 0L);
    }

    /** Lines a second of processor time. */
    long speed() {
        return nanos == 0 ? 0 : Math.round(lines * 1e9 / nanos);
    }

    Census plus(Census other) {
        Census sum = new Census();
        sum.lines = lines + other.lines;
        sum.nanos = nanos + other.nanos;
        for (Outcome outcome : Outcome.values()) {
            sum.outcomes.put(outcome, of(outcome) + other.of(outcome));
        }
        return sum;
    }
}
