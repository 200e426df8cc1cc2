package io.svidflow.identity;

import java.time.Duration;
import java.time.Instant;

/**
 * When a pod was seen to ask for its identity since its container started.
 *
 * @param longestGapMillis longest time between two requests
 * @param streams it was sent an SVID that it had not asked for just then: it keeps a stream open
 */
record RequestHistory(Instant first, Instant last, long longestGapMillis, boolean streams) {

    static final RequestHistory NONE = new RequestHistory(null, null, 0, false);

    /** The answer to a request follows at once. */
    private static final Duration ANSWER = Duration.ofSeconds(30);

    RequestHistory asked(Instant at) {
        if (Times.reached(last, at)) {
            return new RequestHistory(Times.earliest(first, at), last, longestGapMillis, streams);
        }
        long gap = last == null ? 0 : Duration.between(last, at).toMillis();
        return new RequestHistory(Times.earliest(first, at), at, Math.max(gap, longestGapMillis), streams);
    }

    RequestHistory fetched(Instant at) {
        if (last == null) {
            return asked(at);
        }
        return at.isAfter(last.plus(ANSWER)) ? new RequestHistory(first, last, longestGapMillis, true) : this;
    }
}
