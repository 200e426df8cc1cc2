package io.svidflow.producer.live;

import java.time.Duration;

/**
 * How long to wait before something that failed is tried again: each time twice as long.
 *
 * @param first wait after the first failure, above zero
 * @param most longest wait
 */
public record Backoff(Duration first, Duration most) {

    public Backoff {
        if (first.isNegative() || first.isZero() || first.compareTo(most) > 0) {
            throw new IllegalArgumentException(
                    "a back-off goes from a positive wait to a longer one, not from " + first + " to " + most);
        }
    }

    /** @param failures how often it has failed in a row, from 1 */
    public Duration after(int failures) {
        int doublings = Math.min(Math.max(failures, 1) - 1, Integer.SIZE - 2);
        Duration wait = first.multipliedBy(1L << doublings);
        return wait.compareTo(most) > 0 ? most : wait;
    }
}
