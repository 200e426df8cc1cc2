package io.svidflow.serde;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.ObjectReader;
import com.fasterxml.jackson.databind.ObjectWriter;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.dataformat.cbor.databind.CBORMapper;
import com.fasterxml.jackson.datatype.jsr310.JavaTimeModule;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import org.apache.kafka.common.errors.SerializationException;
import org.apache.kafka.common.serialization.Deserializer;
import org.apache.kafka.common.serialization.Serde;
import org.apache.kafka.common.serialization.Serdes;

/**
 * Serde of a record in a state store: a version byte and CBOR. Changelogs outlive releases, so a field may be added but
 * neither renamed nor given another meaning; a change that old bytes cannot express takes the next version and a reader
 * for both.
 */
public final class StateSerde {

    private static final byte VERSION = 1;
    private static final ObjectMapper MAPPER = CBORMapper.builder()
            .addModule(new JavaTimeModule())
            .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            .enable(SerializationFeature.WRITE_DATES_AS_TIMESTAMPS)
            .serializationInclusion(JsonInclude.Include.NON_NULL)
            .build();

    private StateSerde() {}

    /**
     * @param type a record of values that CBOR can express, instants included
     */
    public static <T> Serde<T> of(Class<T> type) {
        ObjectWriter writer = MAPPER.writerFor(type);
        ObjectReader reader = MAPPER.readerFor(type);
        return Serdes.serdeFrom((topic, value) -> value == null ? null : write(writer, value), read(type, reader));
    }

    private static byte[] write(ObjectWriter writer, Object value) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream(256);
        bytes.write(VERSION);
        try {
            writer.writeValue(bytes, value);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return bytes.toByteArray();
    }

    private static <T> Deserializer<T> read(Class<T> type, ObjectReader reader) {
        return (topic, bytes) -> {
            if (bytes == null) {
                return null;
            }
            if (bytes[0] != VERSION) {
                throw new SerializationException(type.getSimpleName() + " in " + topic + " has version " + bytes[0]
                        + ", this release reads version " + VERSION + ": upgrade, or reset the application");
            }
            try {
                return reader.readValue(bytes, 1, bytes.length - 1);
            } catch (IOException e) {
                throw new SerializationException("unreadable " + type.getSimpleName() + " in " + topic, e);
            }
        };
    }
}
