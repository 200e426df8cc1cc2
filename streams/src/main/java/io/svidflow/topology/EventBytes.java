package io.svidflow.topology;

import io.svidflow.serde.EventSerdes;
import io.svidflow.topic.Topic;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.common.serialization.Serde;
import org.apache.kafka.common.serialization.Serdes;

/**
 * Serde of events that wait in a state store for their turn: the number of the topic in the given list, then the bytes as
 * they were on that topic, schema id included, so that waiting events survive a schema change.
 */
final class EventBytes {

    private EventBytes() {}

    static Serde<SpecificRecord> of(EventSerdes serdes, List<Topic<?>> topics) {
        List<Class<?>> types = new ArrayList<>();
        List<Serde<SpecificRecord>> values = new ArrayList<>();
        for (Topic<?> topic : topics) {
            types.add(topic.valueType());
            values.add(serde(serdes, topic));
        }
        return Serdes.serdeFrom(
                (store, event) -> {
                    if (event == null) {
                        return null;
                    }
                    int number = types.indexOf(event.getClass());
                    byte[] value = values.get(number)
                            .serializer()
                            .serialize(topics.get(number).name(), event);
                    return ByteBuffer.allocate(value.length + 1)
                            .put((byte) number)
                            .put(value)
                            .array();
                },
                (store, bytes) -> {
                    if (bytes == null) {
                        return null;
                    }
                    byte[] value = new byte[bytes.length - 1];
                    System.arraycopy(bytes, 1, value, 0, value.length);
                    int number = bytes[0];
                    return values.get(number)
                            .deserializer()
                            .deserialize(topics.get(number).name(), value);
                });
    }

    /** Turns an event that broke a rule into the exception that carries it to the dead letters. */
    static RefusedFactException refused(
            Serde<SpecificRecord> bytes,
            List<Topic<?>> topics,
            String key,
            SpecificRecord event,
            RuntimeException why) {
        byte[] numbered = bytes.serializer().serialize(key, event);
        byte[] value = Arrays.copyOfRange(numbered, 1, numbered.length);
        return new RefusedFactException(topics.get(numbered[0]).name(), key, value, why);
    }

    @SuppressWarnings("unchecked") // every topic's values are specific records
    private static Serde<SpecificRecord> serde(EventSerdes serdes, Topic<?> topic) {
        return (Serde<SpecificRecord>) (Serde<?>) serdes.forTopic(topic);
    }
}
