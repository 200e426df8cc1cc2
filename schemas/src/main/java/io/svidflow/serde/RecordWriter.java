package io.svidflow.serde;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericDatumReader;
import org.apache.avro.generic.GenericDatumWriter;
import org.apache.avro.io.BinaryEncoder;
import org.apache.avro.io.DatumWriter;
import org.apache.avro.io.DecoderFactory;
import org.apache.avro.io.EncoderFactory;
import org.apache.avro.specific.SpecificData;
import org.apache.avro.specific.SpecificDatumWriter;
import org.apache.avro.specific.SpecificRecord;

/**
 * Writes records of one class under one schema id. Where the registered schema is another version than the class, the
 * record is resolved to it first, which costs about three times as much.
 */
final class RecordWriter {

    private static final int USUAL_SIZE = 512;

    private final Schema classSchema;
    private final RegisteredSchema registered;
    private final boolean sameEncoding;
    private final DatumWriter<SpecificRecord> writer;

    RecordWriter(Schema classSchema, RegisteredSchema registered) {
        this.classSchema = classSchema;
        this.registered = registered;
        this.sameEncoding = SameEncoding.of(classSchema, registered.schema());
        this.writer = new SpecificDatumWriter<>(classSchema, SpecificData.getForSchema(classSchema));
    }

    /** Identity, not equality: comparing schemas for every record would cost more than writing it. */
    boolean writes(Schema schema) {
        return classSchema == schema;
    }

    byte[] write(SpecificRecord value) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream(USUAL_SIZE);
        WireFormat.writeHeader(bytes, registered.id());
        // A buffered encoder, though it allocates: a direct one takes half as long again, for a lock at every field.
        BinaryEncoder encoder = EncoderFactory.get().binaryEncoder(bytes, null);
        if (sameEncoding) {
            writer.write(value, encoder);
        } else {
            new GenericDatumWriter<>(registered.schema()).write(resolved(value), encoder);
        }
        encoder.flush();
        return bytes.toByteArray();
    }

    private Object resolved(SpecificRecord value) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream(USUAL_SIZE);
        BinaryEncoder encoder = EncoderFactory.get().binaryEncoder(bytes, null);
        writer.write(value, encoder);
        encoder.flush();
        return new GenericDatumReader<>(classSchema, registered.schema())
                .read(null, DecoderFactory.get().binaryDecoder(bytes.toByteArray(), null));
    }
}
