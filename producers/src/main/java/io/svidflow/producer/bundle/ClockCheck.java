package io.svidflow.producer.bundle;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * Tells times that can belong to an incident from those of a clock that is obviously wrong: more than a day away from
 * the incident.
 *
 * @param start first instant of the incident
 * @param end last instant of the incident
 */
record ClockCheck(Instant start, Instant end) {

    private static final Duration TOLERANCE = Duration.ofDays(1);

    /** Accepts any time that a log can hold. */
    static final ClockCheck ANY =
            new ClockCheck(Instant.parse("0001-01-01T00:00:00Z"), Instant.parse("9999-12-31T00:00:00Z"));

    /** The longest stretch of times with no gap of more than a day, by number of times; empty without times. */
    static Optional<ClockCheck> around(List<Instant> times) {
        List<Instant> sorted = times.stream().sorted().toList();
        ClockCheck best = null;
        int most = 0;
        int from = 0;
        for (int i = 1; i <= sorted.size(); i++) {
            if (i == sorted.size() || sorted.get(i - 1).plus(TOLERANCE).isBefore(sorted.get(i))) {
                if (i - from > most) {
                    most = i - from;
                    best = new ClockCheck(sorted.get(from), sorted.get(i - 1));
                }
                from = i;
            }
        }
        return Optional.ofNullable(best);
    }

    /** Whether a time can belong to the incident. */
    boolean plausible(Instant time) {
        return !time.isBefore(start.minus(TOLERANCE)) && !time.isAfter(end.plus(TOLERANCE));
    }

    String complaint(Instant time) {
        return "wrong clock: " + time + " is more than a day away from the incident, which lasts from " + start + " to "
                + end + "; correct the time, or start and end in incident.yaml";
    }
}
