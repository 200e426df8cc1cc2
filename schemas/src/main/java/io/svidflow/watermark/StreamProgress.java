package io.svidflow.watermark;

import java.time.Instant;

/**
 * How far one stream (a source on a topic) has come.
 *
 * @param until everything up to here has been published; null: announced by another, not heard of yet
 * @param coveredSince start of the unbroken stretch of observation that ends at until
 * @param publishedAt publication time of its last heartbeat
 * @param late declared late: nobody waits for it
 */
public record StreamProgress(Instant until, Instant coveredSince, Instant publishedAt, boolean late) {

    static StreamProgress announced(Instant publishedAt) {
        return new StreamProgress(null, null, publishedAt, false);
    }

    StreamProgress heard(Instant newUntil, Instant newCoveredSince, Instant newPublishedAt) {
        if (until != null && newUntil.isBefore(until)) {
            return this;
        }
        return new StreamProgress(newUntil, newCoveredSince, newPublishedAt, false);
    }

    StreamProgress declaredLate() {
        return new StreamProgress(until, coveredSince, publishedAt, true);
    }
}
