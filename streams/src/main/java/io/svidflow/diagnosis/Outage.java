package io.svidflow.diagnosis;

import java.time.Instant;

/**
 * A stretch of time in which something did not work.
 *
 * @param end when it worked again; null: it has not yet
 */
public record Outage(Instant start, Instant end) {

    /** Whether it lasts. */
    public boolean lasts() {
        return end == null;
    }

    /** Whether it touched the time since {@code from}. */
    public boolean touches(Instant from) {
        return end == null || from == null || !end.isBefore(from);
    }
}
