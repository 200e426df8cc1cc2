package io.svidflow.producer.capture;

import java.time.Instant;
import java.util.Objects;

/**
 * The time that a capture is about, by the time at which facts were observed.
 *
 * @param from facts before are left out, but for what they say of objects that still exist at that time; {@link
 *     Instant#MIN}: from the very first
 * @param to facts after are left out; {@link Instant#MAX}: to the very last
 */
public record Stretch(Instant from, Instant to) {

    /** All there is. */
    public static final Stretch EVERYTHING = new Stretch(Instant.MIN, Instant.MAX);

    public Stretch {
        Objects.requireNonNull(from, "from");
        Objects.requireNonNull(to, "to");
        if (!from.isBefore(to)) {
            throw new IllegalArgumentException("a capture from " + from + " to " + to + " is empty");
        }
    }

    /** Whether it begins at some instant, so that objects are older than it. */
    boolean begins() {
        return !from.equals(Instant.MIN);
    }
}
