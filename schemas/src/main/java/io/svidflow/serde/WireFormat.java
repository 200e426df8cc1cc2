package io.svidflow.serde;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import org.apache.kafka.common.errors.SerializationException;

/** The five bytes in front of every value: zero, then the schema id, most significant byte first. */
final class WireFormat {

    static final int HEADER_LENGTH = 5;
    private static final byte MAGIC = 0;

    private WireFormat() {}

    static void writeHeader(ByteArrayOutputStream bytes, int schemaId) {
        bytes.write(MAGIC);
        bytes.write(schemaId >>> 24);
        bytes.write(schemaId >>> 16);
        bytes.write(schemaId >>> 8);
        bytes.write(schemaId);
    }

    /** The schema id of a record, or a {@link SerializationException} that says why there is none. */
    static int schemaId(byte[] data) {
        if (data.length < HEADER_LENGTH) {
            throw new SerializationException("it has " + data.length + " bytes instead of at least " + HEADER_LENGTH
                    + ": it was not written by an Avro serializer with a schema registry");
        }
        if (data[0] != MAGIC) {
            throw new SerializationException("it starts with byte " + data[0]
                    + " instead of 0: it was not written by an Avro serializer with a schema registry");
        }
        return ByteBuffer.wrap(data, 1, Integer.BYTES).getInt();
    }
}
