package io.svidflow.serde;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import org.apache.avro.generic.GenericData;
import org.apache.avro.generic.GenericDatumWriter;
import org.apache.avro.generic.GenericRecord;
import org.apache.avro.io.BinaryEncoder;
import org.apache.avro.io.EncoderFactory;

/** Records as another program would write them, with a schema of its own. */
final class RawRecords {

    private RawRecords() {}

    /** Registers the record's schema in the mock registry and gives its bytes in the wire format. */
    static byte[] bytes(String scope, String topic, GenericData.Record record) {
        int id = MockSchemaRegistry.ofScope("//" + scope).register(topic + "-value", record.getSchema());
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        WireFormat.writeHeader(bytes, id);
        try {
            BinaryEncoder encoder = EncoderFactory.get().binaryEncoder(bytes, null);
            new GenericDatumWriter<GenericRecord>(record.getSchema()).write(record, encoder);
            encoder.flush();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return bytes.toByteArray();
    }
}
