package io.svidflow.producer.delivery;

import io.svidflow.producer.coverage.Source;
import java.time.Instant;
import java.util.Optional;

/**
 * How a source fares.
 *
 * @param by name of the live source that speaks for it
 * @param observedUntil up to where it has observed; {@link Instant#MIN}: nowhere yet
 * @param promisedUntil up to where heartbeats have been acknowledged; {@link Instant#MIN}: nowhere yet
 * @param outstanding records on their way to the brokers
 * @param problem why nothing gets through, as an operator reads it
 */
public record SourceStatus(
        Source source,
        String by,
        Instant observedUntil,
        Instant promisedUntil,
        long outstanding,
        Optional<String> problem) {

    /** Tells how a source fares now. */
    interface Of {
        SourceStatus now();
    }
}
