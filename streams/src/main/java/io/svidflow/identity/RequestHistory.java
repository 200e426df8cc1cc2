package io.svidflow.identity;

import java.time.Duration;
import java.time.Instant;

/**
 * When a pod was seen to ask for its identity since its container started.
 *
 * @param longestGapMillis longest time between two requests
 * @param streams it was sent an SVID that it had not asked for just then: it keeps a stream open
 * @param heard last sign that it reaches the agent: it asked, or was sent an SVID; null: there was none
 */
record RequestHistory(Instant first, Instant last, long longestGapMillis, boolean streams, Instant heard) {

    static final RequestHistory NONE = new RequestHistory(null, null, 0, false, null);

    /** The answer to a request follows at once. */
    private static final Duration ANSWER = Duration.ofSeconds(30);

    RequestHistory asked(Instant at) {
        Instant lately = Times.latest(heard, at);
        if (Times.reached(last, at)) {
            return new RequestHistory(Times.earliest(first, at), last, longestGapMillis, streams, lately);
        }
        long gap = last == null ? 0 : Duration.between(last, at).toMillis();
        return new RequestHistory(Times.earliest(first, at), at, Math.max(gap, longestGapMillis), streams, lately);
    }

    /**
     * It was sent an SVID. One that comes long after its request comes over a stream, unless the agent started anew between
     * the two: no stream outlives that, so the line that tells of the request is lost.
     *
     * @param agentStarted last start of its agent; null: not known
     */
    RequestHistory fetched(Instant at, Instant agentStarted) {
        boolean over = last != null && agentStarted != null && agentStarted.isAfter(last) && !agentStarted.isAfter(at);
        if (last == null || over) {
            return asked(at);
        }
        boolean unasked = at.isAfter(last.plus(ANSWER));
        return new RequestHistory(first, last, longestGapMillis, streams || unasked, Times.latest(heard, at));
    }
}
