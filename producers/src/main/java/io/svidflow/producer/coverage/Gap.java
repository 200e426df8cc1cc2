package io.svidflow.producer.coverage;

import java.time.Instant;
import java.util.Objects;

/**
 * A time in which a source did not observe.
 *
 * @param from last instant that was observed
 * @param to first instant that was observed again
 */
public record Gap(Instant from, Instant to) {

    public Gap {
        Objects.requireNonNull(from, "from");
        Objects.requireNonNull(to, "to");
        if (!from.isBefore(to)) {
            throw new IllegalArgumentException("a gap must end after it begins, but lasts from " + from + " to " + to);
        }
    }

    /** Whether nothing is known about this instant. */
    public boolean hides(Instant instant) {
        return instant.isAfter(from) && instant.isBefore(to);
    }
}
