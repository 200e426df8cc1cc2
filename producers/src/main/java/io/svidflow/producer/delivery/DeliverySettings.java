package io.svidflow.producer.delivery;

import io.svidflow.producer.live.Backoff;
import io.svidflow.topic.Topic;
import java.time.Duration;
import java.util.Objects;
import java.util.function.ToIntFunction;

/**
 * How facts reach the brokers.
 *
 * @param cluster name of the cluster
 * @param partitions how many partitions each topic has
 * @param expected sources that observe the cluster, in this and other processes
 * @param outstandingBytes how much may be on its way to the brokers; then sources stop reading
 * @param backoff how long to wait before what the brokers refuse is tried again
 */
public record DeliverySettings(
        String cluster,
        ToIntFunction<Topic<?>> partitions,
        ExpectedSources expected,
        long outstandingBytes,
        Backoff backoff) {

    /** Enough for seconds of a large cluster, and little beside what the JVM needs anyway. */
    public static final long OUTSTANDING_BYTES = 32L * 1024 * 1024;

    /** Part of it that one source may take. */
    private static final int SHARES = 4;

    public DeliverySettings {
        Objects.requireNonNull(partitions, "partitions");
        Objects.requireNonNull(expected, "expected");
        Objects.requireNonNull(backoff, "backoff");
        if (cluster.isBlank() || cluster.contains("/")) {
            throw new IllegalArgumentException("the name of a cluster is not empty and has no /, but is " + cluster);
        }
        if (outstandingBytes < SHARES) {
            throw new IllegalArgumentException("outstandingBytes must be positive, but is " + outstandingBytes);
        }
    }

    /** The usual limits. */
    public static DeliverySettings usual(String cluster, ToIntFunction<Topic<?>> partitions, ExpectedSources expected) {
        return new DeliverySettings(
                cluster,
                partitions,
                expected,
                OUTSTANDING_BYTES,
                new Backoff(Duration.ofMillis(500), Duration.ofSeconds(30)));
    }

    long share() {
        return outstandingBytes / SHARES;
    }
}
