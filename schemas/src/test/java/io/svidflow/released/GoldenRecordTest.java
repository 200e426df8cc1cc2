package io.svidflow.released;

import static org.assertj.core.api.Assertions.assertThat;

import io.svidflow.released.ReleasedSchemas.Golden;
import io.svidflow.serde.SampleRecords;
import io.svidflow.topic.Topic;
import io.svidflow.topic.Topics;
import java.io.IOException;
import java.util.List;
import java.util.TreeSet;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericDatumReader;
import org.apache.avro.generic.GenericRecord;
import org.apache.avro.io.BinaryDecoder;
import org.apache.avro.io.DecoderFactory;
import org.apache.avro.specific.SpecificRecord;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class GoldenRecordTest {

    static List<Golden> records() {
        return ReleasedSchemas.records();
    }

    @ParameterizedTest
    @MethodSource("records")
    void shouldReadWhatAReleaseWroteWithoutLosingAField(Golden golden) throws IOException {
        Schema today = TodaysSchemas.all().get(golden.schema().getFullName());

        GenericRecord then = read(golden, golden.schema());
        GenericRecord now = read(golden, today);

        assertSameFields(golden.schema().getFullName(), then, now);
    }

    @ParameterizedTest
    @MethodSource("records")
    void shouldGiveTheGeneratedClass(Golden golden) {
        SpecificRecord now = SampleRecords.read(golden.schema(), golden.bytes());

        assertThat(now.getClass().getName()).isEqualTo(golden.schema().getFullName());
    }

    @Test
    void shouldKeepARecordOfEveryKindOfEvent() {
        TreeSet<String> kinds = new TreeSet<>();
        for (Topic<?> topic : Topics.ALL) {
            kinds.addAll(SampleRecords.each(topic.valueType()).keySet());
        }

        assertThat(records())
                .extracting(golden -> golden.file().getFileName().toString().replace(".bin", ""))
                .as("golden records; write them with -Dsvidflow.release=1")
                .containsAll(kinds);
    }

    private static GenericRecord read(Golden golden, Schema reader) throws IOException {
        BinaryDecoder decoder = DecoderFactory.get().binaryDecoder(golden.bytes(), null);
        GenericRecord record = new GenericDatumReader<GenericRecord>(golden.schema(), reader).read(null, decoder);
        assertThat(decoder.isEnd()).as("all of %s is read", golden).isTrue();
        return record;
    }

    /** Fields that are gone today are nobody's loss; those that are still there hold what was written. */
    private static void assertSameFields(String path, GenericRecord then, GenericRecord now) {
        for (Schema.Field field : then.getSchema().getFields()) {
            if (now.getSchema().getField(field.name()) != null) {
                assertSame(path + "." + field.name(), then.get(field.name()), now.get(field.name()));
            }
        }
    }

    private static void assertSame(String path, Object then, Object now) {
        if (then instanceof GenericRecord record) {
            assertThat(now).as(path).isInstanceOf(GenericRecord.class);
            assertSameFields(path, record, (GenericRecord) now);
        } else if (then instanceof List<?> list) {
            assertThat((List<?>) now).as(path).hasSameSizeAs(list);
            for (int i = 0; i < list.size(); i++) {
                assertSame(path + "[" + i + "]", list.get(i), ((List<?>) now).get(i));
            }
        } else {
            assertThat(String.valueOf(now)).as(path).isEqualTo(String.valueOf(then));
        }
    }
}
