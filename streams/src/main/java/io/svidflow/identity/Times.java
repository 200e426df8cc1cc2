package io.svidflow.identity;

import java.time.Instant;

/** Comparison of instants of which either may be unknown (null). */
final class Times {

    private Times() {}

    static Instant latest(Instant a, Instant b) {
        if (a == null) {
            return b;
        }
        return b == null || a.isAfter(b) ? a : b;
    }

    static Instant earliest(Instant a, Instant b) {
        if (a == null) {
            return b;
        }
        return b == null || a.isBefore(b) ? a : b;
    }

    /** Whether {@code a} is known and lies at or after {@code b}; an unknown {@code b} is before everything. */
    static boolean reached(Instant a, Instant b) {
        return a != null && (b == null || !a.isBefore(b));
    }
}
