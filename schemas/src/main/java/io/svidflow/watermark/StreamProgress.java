package io.svidflow.watermark;

import io.svidflow.event.Farewell;
import java.time.Instant;

/**
 * How far one stream (a source on a topic) has come.
 *
 * @param until everything up to here has been published; null: announced by another, not heard of yet
 * @param coveredSince start of the unbroken stretch of observation that ends at until
 * @param publishedAt publication time of its last heartbeat
 * @param late declared late: nobody waits for it
 * @param farewell how it took its leave with its last heartbeat; null: it did not
 */
public record StreamProgress(
        Instant until, Instant coveredSince, Instant publishedAt, boolean late, Farewell farewell) {

    static StreamProgress announced(Instant publishedAt) {
        return new StreamProgress(null, null, publishedAt, false, null);
    }

    /** Whether what it observed does not exist any more: nobody waits for it, and nobody misses it. */
    boolean gone() {
        return farewell == Farewell.GONE;
    }

    /** Until when it has told everything, if it was stopped in an orderly way; null: it was not. */
    public Instant stoppedAt() {
        return farewell == Farewell.STOPPED ? until : null;
    }

    /** To stop is not to come back: a stream that was late stays so. */
    StreamProgress heard(Instant newUntil, Instant newCoveredSince, Instant newPublishedAt, Farewell newFarewell) {
        if (until != null && newUntil.isBefore(until)) {
            return this;
        }
        boolean stillLate = late && newFarewell == Farewell.STOPPED;
        return new StreamProgress(newUntil, newCoveredSince, newPublishedAt, stillLate, newFarewell);
    }

    StreamProgress declaredLate() {
        return new StreamProgress(until, coveredSince, publishedAt, true, farewell);
    }
}
