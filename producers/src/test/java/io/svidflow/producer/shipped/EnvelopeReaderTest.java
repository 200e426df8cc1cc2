package io.svidflow.producer.shipped;

import static org.assertj.core.api.Assertions.assertThat;

import io.svidflow.producer.shipped.Envelope.Alive;
import io.svidflow.producer.shipped.Envelope.Broken;
import io.svidflow.producer.shipped.Envelope.Line;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class EnvelopeReaderTest {

    static final Path DEPLOY = Path.of("..", "deploy");

    private final EnvelopeReader reader = new EnvelopeReader();

    @ParameterizedTest
    @ValueSource(strings = {"fluent-bit", "vector", "filebeat"})
    void shouldReadWhatTheShippersWrite(String shipper) throws IOException {
        List<Envelope> envelopes = Files.readAllLines(DEPLOY.resolve(shipper + "/samples.jsonl")).stream()
                .map(this::read)
                .toList();

        assertThat(envelopes.get(0)).isInstanceOfSatisfying(Line.class, line -> {
            assertThat(line.namespace()).isEqualTo("spire");
            assertThat(line.pod()).isEqualTo("spire-agent-7xk2p");
            assertThat(line.container()).isEqualTo("spire-agent");
            assertThat(line.node()).isEqualTo("node-4");
            assertThat(line.text())
                    .startsWith("time=\"2026-11-23T05:46:54.96Z\" level=error msg=\"No identity issued\"");
        });
        assertThat(envelopes.get(1)).isInstanceOfSatisfying(Line.class, line -> {
            assertThat(line.pod()).isEqualTo("spire-server-0");
            assertThat(line.text()).startsWith("{").endsWith("}");
        });
    }

    @ParameterizedTest
    @CsvSource({"fluent-bit, 2026-11-23T05:46:56Z", "vector, 2026-11-23T05:46:56.000314159Z"})
    void shouldReadTheirSignsOfLife(String shipper, Instant at) throws IOException {
        List<String> samples = Files.readAllLines(DEPLOY.resolve(shipper + "/samples.jsonl"));

        assertThat(read(samples.get(2))).isEqualTo(new Alive("node-4", at));
    }

    @ParameterizedTest
    @ValueSource(strings = {"fluent-bit/fluent-bit.yaml", "vector/vector.yaml", "filebeat/filebeat.yml"})
    void shouldFindTheTopicInTheirConfigurations(String file) throws IOException {
        assertThat(Files.readString(DEPLOY.resolve(file))).contains(LogTopicConfig.DEFAULT_TOPIC);
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', textBlock = """
            plain line                  | not JSON
            {"log":"cut o               | not JSON
            ["log"]                     | not a JSON object
            {"log":"x"}                 | names no pod and container
            {"msg":"x","level":"info"}  | Merge_Log Off
            {"log":{"msg":"x"},"kubernetes":{"pod_name":"a","container_name":"b"}} | neither log nor message
            {"svidflow":"alive"}        | sign of life without node or time
            {"svidflow":"alive","node":"node-1","timestamp":"yesterday"} | sign of life without node or time
            """)
    void shouldSayWhatIsWrongWithAnEnvelope(String value, String reason) {
        assertThat(read(value)).isInstanceOfSatisfying(Broken.class, broken -> assertThat(broken.reason())
                .contains(reason));
    }

    @Test
    void shouldTakeAnEmptyRecordForBroken() {
        assertThat(reader.read(null)).isInstanceOf(Broken.class);
        assertThat(reader.read(new byte[0])).isInstanceOf(Broken.class);
    }

    private Envelope read(String value) {
        return reader.read(value.getBytes(StandardCharsets.UTF_8));
    }
}
