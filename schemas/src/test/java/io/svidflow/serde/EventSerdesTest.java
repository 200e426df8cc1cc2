package io.svidflow.serde;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.svidflow.event.DeadLetter;
import io.svidflow.event.PodEvent;
import io.svidflow.topic.Topic;
import io.svidflow.topic.Topics;
import java.util.List;
import java.util.Map;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.common.config.ConfigException;
import org.apache.kafka.common.errors.SerializationException;
import org.apache.kafka.common.serialization.Serde;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;

class EventSerdesTest {

    static final List<Topic<?>> TOPICS = Topics.ALL;

    private final EventSerdes serdes = new EventSerdes(Map.of("schema.registry.url", "mock://event-serdes"));

    @ParameterizedTest
    @FieldSource("TOPICS")
    <V extends SpecificRecord> void shouldReadBackWhatItWrote(Topic<V> topic) {
        Serde<V> serde = serdes.forTopic(topic);
        V sample = SampleRecords.of(topic.valueType());

        byte[] bytes = serde.serializer().serialize(topic.name(), sample);

        assertThat(bytes).startsWith(0);
        assertThat(serde.deserializer().deserialize(topic.name(), bytes)).isEqualTo(sample);
    }

    @Test
    void shouldKeepTombstones() {
        Serde<PodEvent> serde = serdes.forTopic(Topics.POD_EVENTS);

        assertThat(serde.serializer().serialize("svidflow.pod-events", null)).isNull();
        assertThat(serde.deserializer().deserialize("svidflow.pod-events", null))
                .isNull();
    }

    @Test
    void shouldRefuseARecordOfAnotherType() {
        byte[] deadLetter = serdes.forTopic(Topics.DEAD_LETTERS)
                .serializer()
                .serialize(Topics.DEAD_LETTERS.name(), SampleRecords.of(DeadLetter.class));

        assertThatThrownBy(() -> serdes.forTopic(Topics.POD_EVENTS)
                        .deserializer()
                        .deserialize(Topics.POD_EVENTS.name(), deadLetter))
                .isInstanceOf(SerializationException.class)
                .hasMessageContaining("svidflow.pod-events")
                .hasMessageContaining("DeadLetter");
    }

    @Test
    void shouldNameTheSettingWhenTheSerdeIsNotThere() {
        EventSerdes confluent = new EventSerdes(Map.of(
                "schema.registry.url", "mock://event-serdes",
                "svidflow.value.serde", "io.confluent.kafka.streams.serdes.avro.SpecificAvroSerde"));

        assertThatThrownBy(() -> confluent.forTopic(Topics.POD_EVENTS))
                .isInstanceOf(ConfigException.class)
                .hasMessageContaining("svidflow.value.serde")
                .hasMessageContaining("-Pconfluent");
    }

    @Test
    void shouldRefuseToStartWithoutARegistry() {
        assertThatThrownBy(() -> new EventSerdes(Map.of()))
                .isInstanceOf(ConfigException.class)
                .hasMessageContaining("schema.registry.url");
    }
}
