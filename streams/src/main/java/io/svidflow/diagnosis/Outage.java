package io.svidflow.diagnosis;

import java.time.Duration;
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

    /** The same, begun at {@code since} if that was earlier. */
    Outage from(Instant since) {
        return since.isBefore(start) ? new Outage(since, end) : this;
    }

    /**
     * Whether the other outage lies within this one.
     *
     * @param margin how much earlier or later it may begin and end
     */
    boolean covers(Outage other, Duration margin) {
        return !other.start().isBefore(start.minus(margin))
                && (end == null || (other.end() != null && !other.end().isAfter(end.plus(margin))));
    }

    /** Whether it touched the time since {@code from}. */
    public boolean touches(Instant from) {
        return end == null || from == null || !end.isBefore(from);
    }
}
