package io.svidflow.serde;

import java.io.IOException;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.avro.Schema;
import org.apache.avro.io.BinaryDecoder;
import org.apache.avro.io.DatumReader;
import org.apache.avro.io.DecoderFactory;
import org.apache.avro.specific.SpecificDatumReader;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.common.errors.SerializationException;
import org.apache.kafka.common.serialization.Deserializer;

/**
 * Reads values in the wire format of Confluent's serializers into generated Avro classes. The writer's schema comes
 * from the registry, once per id; the reader's schema is the class's own, so that older and newer records are read as
 * today's class. Null is a tombstone and stays null. Settings: those of Confluent's serializers. Safe for use by
 * several threads.
 */
public final class AvroDeserializer<T extends SpecificRecord> implements Deserializer<T> {

    static {
        EventClasses.trust();
    }

    private final Map<Integer, DatumReader<T>> readers = new ConcurrentHashMap<>();
    private final EventModel model = new EventModel();
    private SchemaRegistry registry;
    private ReaderClass readerClass;

    @Override
    public void configure(Map<String, ?> config, boolean isKey) {
        SerdeSettings settings = new SerdeSettings(config);
        registry = settings.registry();
        readerClass = settings.readerClass(isKey);
    }

    /**
     * @throws RegistryUnavailableException if the registry gave no usable answer: the record may be good
     * @throws SerializationException if the bytes are not such a record: poison, to be dead-lettered
     */
    @Override
    public T deserialize(String topic, byte[] data) {
        if (data == null) {
            return null;
        }
        if (registry == null) {
            throw new IllegalStateException(
                    "AvroDeserializer is not configured: call configure() before deserialize()");
        }
        try {
            DatumReader<T> reader = reader(WireFormat.schemaId(data));
            int length = data.length - WireFormat.HEADER_LENGTH;
            BinaryDecoder decoder = DecoderFactory.get().binaryDecoder(data, WireFormat.HEADER_LENGTH, length, null);
            T value = reader.read(null, decoder);
            if (!decoder.isEnd()) {
                throw new SerializationException("bytes are left over: the record does not have the schema it names");
            }
            return value;
        } catch (RegistryUnavailableException e) {
            throw e;
        } catch (IOException | RuntimeException e) {
            throw new SerializationException(
                    "record of " + topic + " with " + data.length + " bytes cannot be read: " + reason(e), e);
        }
    }

    private DatumReader<T> reader(int schemaId) {
        DatumReader<T> known = readers.get(schemaId);
        if (known != null) {
            return known;
        }
        Schema written = registry.schema(schemaId);
        Schema wanted = readerClass.schema(written);
        // One instance for both where that makes no difference: Avro then skips resolving one to the other.
        DatumReader<T> reader =
                new SpecificDatumReader<>(SameEncoding.of(written, wanted) ? wanted : written, wanted, model);
        readers.put(schemaId, reader);
        return reader;
    }

    private static String reason(Exception e) {
        if (e instanceof SerializationException) {
            return e.getMessage();
        }
        String message = e.getMessage() == null ? "truncated" : e.getMessage();
        return message + " (" + e.getClass().getSimpleName() + "); the bytes do not have the schema that they name";
    }
}
