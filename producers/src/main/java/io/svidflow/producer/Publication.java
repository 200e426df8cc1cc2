package io.svidflow.producer;

import io.svidflow.topic.Topic;
import java.time.Instant;
import java.util.Objects;
import org.apache.avro.specific.SpecificRecord;

/**
 * One record to be written to Kafka.
 *
 * @param topic where it goes
 * @param key record key: {@code cluster/node} or {@code cluster}, see {@link Topic.Key}
 * @param value the event
 * @param observedAt when the source saw it; the publication order of a source never goes back in it
 * @param route to the partition of the key, or to every partition (heartbeats of cluster-wide sources, and entries
 *     that no node can be named for)
 */
public record Publication(Topic<?> topic, String key, SpecificRecord value, Instant observedAt, Route route) {

    /** Which partitions a publication goes to. */
    public enum Route {
        /** The partition that the key hashes to. */
        BY_KEY,
        /** Each partition of the topic, once. */
        EVERY_PARTITION
    }

    public Publication {
        Objects.requireNonNull(key, "key");
        Objects.requireNonNull(observedAt, "observedAt");
        Objects.requireNonNull(route, "route");
        if (!topic.valueType().isInstance(value)) {
            throw new IllegalArgumentException(
                    topic.name() + " carries " + topic.valueType().getSimpleName() + ", not " + value.getClass());
        }
    }
}
