package io.svidflow.producer.publish;

import java.time.Duration;

/**
 * How fast observations are published, compared with how fast they were made.
 *
 * @param speed seconds of observation that are published in a second; above 0, infinite for no waiting at all
 */
public record Pacing(double speed) {

    private static final double NANOS_PER_SECOND = 1e9;

    public Pacing {
        if (!(speed > 0)) {
            throw new IllegalArgumentException("speed must be above 0, but is " + speed
                    + ": 1 keeps the original spacing, 60 publishes a minute in a second");
        }
    }

    /** As fast as the brokers take it. */
    public static Pacing fastest() {
        return new Pacing(Double.POSITIVE_INFINITY);
    }

    /** With the original spacing. */
    public static Pacing original() {
        return new Pacing(1);
    }

    /**
     * With the original spacing, stretched or compressed so that the whole takes a given time.
     *
     * @param observed time from the first observation to the last; none takes no time
     * @param total how long publishing is to take; zero means as fast as possible
     */
    public static Pacing compressed(Duration observed, Duration total) {
        if (observed.isNegative() || total.isNegative()) {
            throw new IllegalArgumentException(
                    "durations must not be negative, but are " + observed + " to be published in " + total);
        }
        if (observed.isZero() || total.isZero()) {
            return fastest();
        }
        return new Pacing((double) observed.toMillis() / Math.max(1, total.toMillis()));
    }

    /** When, after the first publication, something is due that was observed so long after the first observation. */
    Duration due(Duration sinceFirst) {
        if (sinceFirst.isNegative() || Double.isInfinite(speed)) {
            return Duration.ZERO;
        }
        double seconds = (sinceFirst.getSeconds() + sinceFirst.getNano() / NANOS_PER_SECOND) / speed;
        return Duration.ofSeconds((long) seconds, (long) ((seconds - (long) seconds) * NANOS_PER_SECOND));
    }
}
