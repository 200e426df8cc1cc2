package io.svidflow.producer.spire.poll;

import java.time.Duration;

/**
 * How often SPIRE is asked, and how long it is waited for.
 *
 * @param interval from the beginning of one round of calls to the beginning of the next, at most 60 s
 * @param timeout how long one call may take, at most 10 s: while it lasts, nothing is promised to be complete, and a source
 *     that promises nothing for 15 s is taken to be blind
 * @param slow a call that takes longer is told of, though it succeeded
 * @param pageSize entries or agents a page of a listing, 1 to 10,000
 */
public record PollSettings(Duration interval, Duration timeout, Duration slow, int pageSize) {

    private static final Duration LONGEST_INTERVAL = Duration.ofSeconds(60);
    private static final Duration LONGEST_TIMEOUT = Duration.ofSeconds(10);
    private static final int LARGEST_PAGE = 10_000;

    public PollSettings {
        within("interval", interval, LONGEST_INTERVAL);
        within("timeout", timeout, LONGEST_TIMEOUT);
        within("slow", slow, timeout);
        if (pageSize < 1 || pageSize > LARGEST_PAGE) {
            throw new IllegalArgumentException("a page has 1 to " + LARGEST_PAGE + " items, not " + pageSize);
        }
    }

    /** Every 5 s, a call at most 8 s, slow from 2 s on, 500 items a page. */
    public static PollSettings ofServer() {
        return new PollSettings(Duration.ofSeconds(5), Duration.ofSeconds(8), Duration.ofSeconds(2), 500);
    }

    /** Every 5 s, which is how long an agent keeps its answer, a call at most 5 s. */
    public static PollSettings ofAgent() {
        return new PollSettings(Duration.ofSeconds(5), Duration.ofSeconds(5), Duration.ofSeconds(2), 1);
    }

    /** The same at another pace. */
    public PollSettings every(Duration other) {
        return new PollSettings(other, timeout, slow, pageSize);
    }

    private static void within(String name, Duration value, Duration longest) {
        if (value.isNegative() || value.isZero() || value.compareTo(longest) > 0) {
            throw new IllegalArgumentException(
                    name + " is " + value.toMillis() + " ms; it must be more than 0 and at most " + longest.toMillis());
        }
    }
}
