package io.svidflow.registry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.svidflow.serde.EventSerdes;
import io.svidflow.serde.SampleRecords;
import io.svidflow.topic.Topic;
import io.svidflow.topic.Topics;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.common.errors.SerializationException;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Our serde with a registry and a client that others wrote. */
@Tag("registry")
@Timeout(600)
class InteroperabilityTest {

    private static final HexFormat HEX = HexFormat.of();

    private static ApicurioRegistry registry;

    private record Sent(Topic<?> topic, SpecificRecord value, byte[] bytes) {

        static <V extends SpecificRecord> List<Sent> each(EventSerdes serdes, Topic<V> topic) {
            try (var serializer = serdes.forTopic(topic).serializer()) {
                return SampleRecords.each(topic.valueType()).values().stream()
                        .map(value -> new Sent(topic, value, serializer.serialize(topic.name(), value)))
                        .toList();
            }
        }

        SpecificRecord readBy(EventSerdes serdes, byte[] data) {
            try (var deserializer = serdes.forTopic(topic).deserializer()) {
                return deserializer.deserialize(topic.name(), data);
            }
        }
    }

    @BeforeAll
    static void startRegistry() throws IOException {
        registry = ApicurioRegistry.start();
    }

    @AfterAll
    static void stopRegistry() {
        if (registry != null) {
            registry.close();
        }
    }

    @Test
    void shouldRegisterAndReadThroughApicurio() {
        List<Sent> sent = sendEverything();
        EventSerdes another = serdes(Map.of());

        assertThat(sent).allSatisfy(record -> assertThat(record.readBy(another, record.bytes()))
                .isEqualTo(record.value()));
    }

    @Test
    void shouldFindWhatIsRegisteredWithoutRegistering() {
        List<Sent> sent = sendEverything();

        for (Map<String, String> policy : List.of(
                Map.of("auto.register.schemas", "false"),
                Map.of("auto.register.schemas", "false", "use.latest.version", "true"))) {
            EventSerdes careful = serdes(policy);
            List<byte[]> again = new ArrayList<>();
            Topics.ALL.forEach(topic -> Sent.each(careful, topic).forEach(record -> again.add(record.bytes())));
            assertThat(again)
                    .as("bytes, schema id included, with %s", policy)
                    .usingRecursiveComparison()
                    .isEqualTo(sent.stream().map(Sent::bytes).toList());
        }
    }

    @Test
    void shouldTellAnUnknownIdFromAnOutage() {
        assertThatThrownBy(() -> serdes(Map.of())
                        .forTopic(Topics.POD_EVENTS)
                        .deserializer()
                        .deserialize("svidflow.pod-events", HEX.parseHex("007ffffffe00")))
                .isInstanceOf(SerializationException.class)
                .hasMessageContaining("refused to tell the schema with id 2147483646");
    }

    @Test
    void shouldExchangeEveryKindOfRecordWithConfluentsClient() throws IOException, InterruptedException {
        ConfluentClient.install();
        List<Sent> sent = sendEverything();

        List<String> answers = ConfluentClient.readAndWriteBack(
                registry.url(),
                "python",
                sent.stream()
                        .map(record -> record.topic().name() + " " + HEX.formatHex(record.bytes()))
                        .toList());

        assertThat(answers).hasSameSizeAs(sent);
        EventSerdes serdes = serdes(Map.of());
        for (int i = 0; i < sent.size(); i++) {
            JsonNode answer = new ObjectMapper().readTree(answers.get(i));
            assertThat(answer.path("read").toString())
                    .as("what Confluent's client read")
                    .contains("cluster é");
            SpecificRecord back = sent.get(i)
                    .readBy(serdes, HEX.parseHex(answer.path("written").asText()));
            assertThat(back)
                    .as("what Confluent's client wrote")
                    .isEqualTo(sent.get(i).value());
        }
    }

    private static List<Sent> sendEverything() {
        EventSerdes serdes = serdes(Map.of());
        List<Sent> sent = new ArrayList<>();
        Topics.ALL.forEach(topic -> sent.addAll(Sent.each(serdes, topic)));
        return sent;
    }

    private static EventSerdes serdes(Map<String, ?> config) {
        Map<String, Object> settings = new HashMap<>(config);
        settings.put("schema.registry.url", registry.url());
        return new EventSerdes(settings);
    }
}
