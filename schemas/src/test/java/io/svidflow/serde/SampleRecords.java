package io.svidflow.serde;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.avro.LogicalTypes;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericData;
import org.apache.avro.generic.GenericDatumWriter;
import org.apache.avro.io.BinaryEncoder;
import org.apache.avro.io.DatumWriter;
import org.apache.avro.io.DecoderFactory;
import org.apache.avro.io.EncoderFactory;
import org.apache.avro.specific.SpecificData;
import org.apache.avro.specific.SpecificDatumReader;
import org.apache.avro.specific.SpecificDatumWriter;
import org.apache.avro.specific.SpecificRecord;

/** Records with every optional field filled, made from the schema and always the same. */
public final class SampleRecords {

    static {
        EventClasses.trust();
    }

    private static final long MIDNIGHT_MICROS = 1_738_800_000_000_000L;

    private SampleRecords() {}

    /** The first of {@link #each}. */
    public static <V extends SpecificRecord> V of(Class<V> type) {
        return each(type).values().iterator().next();
    }

    /** One record for each kind of body by the name of the kind; one named like the type where there is no choice. */
    public static <V extends SpecificRecord> Map<String, V> each(Class<V> type) {
        Schema schema = SpecificData.get().getSchema(type);
        Map<String, V> samples = new LinkedHashMap<>();
        Schema.Field body = schema.getField("body");
        if (body == null || !body.schema().isUnion()) {
            samples.put(schema.getName(), specific(type, record(schema, null)));
        } else {
            for (Schema kind : body.schema().getTypes()) {
                samples.put(schema.getName() + "-" + kind.getName(), specific(type, record(schema, kind)));
            }
        }
        return samples;
    }

    private static GenericData.Record record(Schema schema, Schema bodyKind) {
        GenericData.Record record = new GenericData.Record(schema);
        for (Schema.Field field : schema.getFields()) {
            Schema chosen = bodyKind != null && field.name().equals("body") ? bodyKind : field.schema();
            record.put(field.pos(), value(chosen, field.name(), field.pos()));
        }
        return record;
    }

    private static Object value(Schema schema, String name, int position) {
        return switch (schema.getType()) {
            case RECORD -> record(schema, null);
            case ENUM ->
                new GenericData.EnumSymbol(
                        schema,
                        schema.getEnumSymbols()
                                .get(position % schema.getEnumSymbols().size()));
            case ARRAY -> List.of(value(schema.getElementType(), name, position));
            case MAP -> Map.of(name, value(schema.getValueType(), name, position));
            case UNION -> value(filled(schema), name, position);
            case STRING -> name + " é";
            case LONG ->
                schema.getLogicalType() instanceof LogicalTypes.TimestampMicros
                        ? MIDNIGHT_MICROS + 1_000_001L * position
                        : 1_000L + position;
            case INT -> position;
            case DOUBLE -> position + 0.5;
            case FLOAT -> position + 0.25f;
            case BOOLEAN -> true;
            case NULL, BYTES, FIXED -> throw new IllegalArgumentException("no sample for " + schema + " of " + name);
        };
    }

    private static Schema filled(Schema union) {
        return union.getTypes().stream()
                .filter(branch -> branch.getType() != Schema.Type.NULL)
                .findFirst()
                .orElseThrow();
    }

    private static <V extends SpecificRecord> V specific(Class<V> type, GenericData.Record record) {
        return type.cast(read(record.getSchema(), encode(new GenericDatumWriter<>(record.getSchema()), record)));
    }

    /** Avro bytes of a record, without the header of the wire format. */
    public static byte[] write(SpecificRecord record) {
        return encode(new SpecificDatumWriter<>(record.getSchema()), record);
    }

    /** The generated class of the schema's name, of bytes that were written with the schema. */
    public static SpecificRecord read(Schema written, byte[] bytes) {
        Schema today = new ReaderClass(Optional.empty()).schema(written);
        try {
            return new SpecificDatumReader<SpecificRecord>(written, today, new EventModel())
                    .read(null, DecoderFactory.get().binaryDecoder(bytes, null));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static <D> byte[] encode(DatumWriter<D> writer, D record) {
        try {
            ByteArrayOutputStream bytes = new ByteArrayOutputStream();
            BinaryEncoder encoder = EncoderFactory.get().binaryEncoder(bytes, null);
            writer.write(record, encoder);
            encoder.flush();
            return bytes.toByteArray();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
