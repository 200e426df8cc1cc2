package io.svidflow.diagnosis;

import java.time.Duration;
import java.time.Instant;

/**
 * A stretch of time in which something did not work.
 *
 * @param end when it worked again; null: it has not yet
 */
public record Outage(Instant start, Instant end) {

    /** An agent notices an outage at its next attempt, and some notice it before it is known for one. */
    private static final Duration NOTICE = Duration.ofSeconds(30);

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

    /** Whether an agent that has failed since then has failed on account of it. */
    public boolean explains(Instant failingSince) {
        return !failingSince.isBefore(start.minus(NOTICE)) && (end == null || !failingSince.isAfter(end));
    }

    /** Whether it touched the time since {@code from}. */
    public boolean touches(Instant from) {
        return end == null || from == null || !end.isBefore(from);
    }
}
