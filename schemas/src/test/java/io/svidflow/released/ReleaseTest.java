package io.svidflow.released;

import io.svidflow.serde.SampleRecords;
import io.svidflow.topic.Topic;
import io.svidflow.topic.Topics;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.apache.avro.Schema;
import org.apache.avro.specific.SpecificRecord;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;

/**
 * Not a test but a step of a release: {@code mvn test -pl schemas -Dtest=ReleaseTest -Dsvidflow.release=VERSION} keeps
 * a copy of today's schemas and records. A version that was released is never written again.
 */
@EnabledIfSystemProperty(named = "svidflow.release", matches = "\\d+", disabledReason = "only for a release")
class ReleaseTest {

    private final Path folder = ReleasedSchemas.FOLDER.resolve(System.getProperty("svidflow.release", "none"));

    @Test
    void shouldKeepACopyOfTodaysSchemasAndRecords() throws IOException {
        Files.createDirectories(folder);
        for (Schema schema : TodaysSchemas.all().values()) {
            Files.writeString(folder.resolve(schema.getName() + ".avsc"), schema.toString(true) + "\n");
        }
        for (Topic<?> topic : Topics.ALL) {
            writeRecords(SampleRecords.each(topic.valueType()));
        }
    }

    private void writeRecords(Map<String, ? extends SpecificRecord> samples) throws IOException {
        for (Map.Entry<String, ? extends SpecificRecord> sample : samples.entrySet()) {
            Files.write(folder.resolve(sample.getKey() + ".bin"), SampleRecords.write(sample.getValue()));
        }
    }
}
