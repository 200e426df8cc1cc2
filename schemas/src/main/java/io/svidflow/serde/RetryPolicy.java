package io.svidflow.serde;

import java.time.Duration;

/**
 * How often and after which waits the registry is asked again.
 *
 * @param retries rounds through all addresses after the first one
 * @param firstWait wait before the first of them; each further wait is twice as long
 * @param longestWait upper bound of a wait
 */
record RetryPolicy(int retries, Duration firstWait, Duration longestWait) {

    /** Wait before the given retry, counted from 1. */
    Duration waitBefore(int retry) {
        // Shifting further would overflow long before anybody waits that often.
        Duration wait = firstWait.multipliedBy(1L << Math.min(retry - 1, 20));
        return wait.compareTo(longestWait) < 0 ? wait : longestWait;
    }
}
