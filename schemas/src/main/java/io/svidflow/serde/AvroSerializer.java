package io.svidflow.serde;

import java.io.IOException;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.avro.Schema;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.common.errors.SerializationException;
import org.apache.kafka.common.serialization.Serializer;

/**
 * Writes generated Avro classes in the wire format of Confluent's serializers, under the subject {@code TOPIC-value}
 * ({@code TOPIC-key} for keys). The registry is asked once per topic and schema. Null is a tombstone and stays null.
 * Settings: those of Confluent's serializers. Safe for use by several threads.
 */
public final class AvroSerializer<T extends SpecificRecord> implements Serializer<T> {

    static {
        EventClasses.trust();
    }

    private final Map<String, RecordWriter> writers = new ConcurrentHashMap<>();
    private SubjectSchemas subjects;

    @Override
    public void configure(Map<String, ?> config, boolean isKey) {
        SerdeSettings settings = new SerdeSettings(config);
        subjects = new SubjectSchemas(settings.registry(), settings.policy(), isKey);
    }

    /**
     * @throws RegistryUnavailableException if the registry gave no usable answer: try again later
     * @throws SerializationException if the registry refused the schema, or a field without default is null
     */
    @Override
    public byte[] serialize(String topic, T value) {
        if (value == null) {
            return null;
        }
        RecordWriter writer = writer(topic, value.getSchema());
        try {
            return writer.write(value);
        } catch (IOException | RuntimeException e) {
            throw new SerializationException(
                    value.getSchema().getFullName() + " for " + topic + " cannot be written: " + e.getMessage()
                            + "; fill every field that has no default",
                    e);
        }
    }

    private RecordWriter writer(String topic, Schema schema) {
        RecordWriter known = writers.get(topic);
        if (known != null && known.writes(schema)) {
            return known;
        }
        if (subjects == null) {
            throw new IllegalStateException("AvroSerializer is not configured: call configure() before serialize()");
        }
        RecordWriter writer = new RecordWriter(schema, subjects.toWrite(topic, schema));
        writers.put(topic, writer);
        return writer;
    }
}
