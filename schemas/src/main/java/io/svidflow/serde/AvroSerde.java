package io.svidflow.serde;

import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.common.serialization.Serdes.WrapperSerde;

/**
 * {@link AvroSerializer} and {@link AvroDeserializer} as one, to be named in a configuration. Prefer {@link
 * EventSerdes}, which also knows the class of each topic.
 */
public final class AvroSerde<T extends SpecificRecord> extends WrapperSerde<T> {

    /** Called by Kafka, which then calls {@link #configure}. */
    public AvroSerde() {
        super(new AvroSerializer<>(), new AvroDeserializer<>());
    }
}
