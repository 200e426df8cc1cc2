package io.svidflow.topic;

import java.time.Duration;
import java.util.Objects;
import org.apache.avro.specific.SpecificRecord;

/**
 * A Kafka topic of svidflow: what it is called, what it carries, how it is keyed and how long it lasts.
 *
 * @param name full topic name, starting with {@code svidflow.}
 * @param valueType Avro class of the values
 * @param key what the records are keyed by, which decides the partition
 * @param retention how long records are kept; ignored where {@code compacted}
 * @param compacted the latest record of each key is kept for ever
 */
public record Topic<V extends SpecificRecord>(
        String name, Class<V> valueType, Key key, Duration retention, boolean compacted) {

    /** What a topic is keyed by. Topics with the same key and partition count are co-partitioned. */
    public enum Key {
        /** {@code cluster/node}: everything about a node lands in one partition. */
        NODE,
        /** {@code cluster}: one writer per cluster. */
        CLUSTER,
        /** The id of the record. */
        ID
    }

    public Topic {
        Objects.requireNonNull(valueType, "valueType");
        Objects.requireNonNull(key, "key");
        if (!name.startsWith("svidflow.")) {
            throw new IllegalArgumentException("topic name must start with svidflow., but is " + name);
        }
        if (retention.isNegative() || retention.isZero()) {
            throw new IllegalArgumentException("retention of " + name + " must be positive, but is " + retention);
        }
    }
}
