package io.svidflow.serde;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.svidflow.event.Heartbeat;
import io.svidflow.event.PodEvent;
import io.svidflow.event.PodObserved;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericData;
import org.apache.kafka.common.errors.SerializationException;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AvroDeserializerTest {

    private static final String TOPIC = "svidflow.pod-events";

    private final Map<String, String> config = Map.of("schema.registry.url", "mock://avro-deserializer");
    private final AvroDeserializer<PodEvent> deserializer = new AvroDeserializer<>();
    private final AvroSerializer<PodEvent> serializer = new AvroSerializer<>();

    @BeforeEach
    void configure() {
        deserializer.configure(config, false);
        serializer.configure(config, false);
    }

    @Test
    void shouldGiveListsThatCanBeCompared() {
        byte[] bytes =
                serializer.serialize(TOPIC, SampleRecords.each(PodEvent.class).get("PodEvent-PodObserved"));

        PodObserved one = (PodObserved) deserializer.deserialize(TOPIC, bytes).getBody();
        PodObserved other = (PodObserved) deserializer.deserialize(TOPIC, bytes).getBody();

        assertThat(one.getContainers()).isNotEmpty().isEqualTo(other.getContainers());
        assertThat(one).isEqualTo(other).hasSameHashCodeAs(other);
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 4})
    void shouldRefuseRecordsThatAreTooShort(int length) {
        assertThatThrownBy(() -> deserializer.deserialize(TOPIC, new byte[length]))
                .isInstanceOf(SerializationException.class)
                .hasMessageContaining(TOPIC)
                .hasMessageContaining("has " + length + " bytes instead of at least 5");
    }

    @Test
    void shouldRefuseRecordsOfAnotherFormat() {
        assertThatThrownBy(() -> deserializer.deserialize(TOPIC, "{\"a\": 1}".getBytes()))
                .isInstanceOf(SerializationException.class)
                .hasMessageContaining("starts with byte 123 instead of 0");
    }

    @Test
    void shouldRefuseAnUnknownSchemaId() {
        byte[] bytes = ByteBuffer.allocate(6).put((byte) 0).putInt(4711).array();

        assertThatThrownBy(() -> deserializer.deserialize(TOPIC, bytes))
                .isInstanceOf(SerializationException.class)
                .hasMessageContaining("schema id 4711 is not registered");
    }

    @Test
    void shouldRefuseEveryTruncation() {
        byte[] bytes = serializer.serialize(TOPIC, SampleRecords.of(PodEvent.class));

        for (int length = 0; length < bytes.length; length++) {
            byte[] truncated = Arrays.copyOf(bytes, length);
            assertThatThrownBy(() -> deserializer.deserialize(TOPIC, truncated))
                    .as("%d of %d bytes", length, bytes.length)
                    .isInstanceOf(SerializationException.class)
                    .hasMessageContaining(TOPIC);
        }
    }

    @Test
    void shouldRefuseBytesLeftOver() {
        byte[] bytes = serializer.serialize(TOPIC, SampleRecords.of(PodEvent.class));

        assertThatThrownBy(() -> deserializer.deserialize(TOPIC, Arrays.copyOf(bytes, bytes.length + 1)))
                .isInstanceOf(SerializationException.class)
                .hasMessageContaining("left over");
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 5859})
    void shouldNeverDoWorseThanRefuseDamagedRecords(long seed) {
        Random random = new Random(seed);
        byte[] good = serializer.serialize(TOPIC, SampleRecords.of(PodEvent.class));

        for (int i = 0; i < 5_000; i++) {
            byte[] damaged = good.clone();
            for (int j = random.nextInt(4); j >= 0; j--) {
                damaged[5 + random.nextInt(good.length - 5)] = (byte) random.nextInt();
            }
            try {
                deserializer.deserialize(TOPIC, damaged);
            } catch (SerializationException e) {
                assertThat(e).as("seed %d, case %d", seed, i).hasMessageContaining(TOPIC);
            }
        }
    }

    @Test
    void shouldReadAnOlderWriterWithDefaults() {
        Schema today = Heartbeat.getClassSchema();
        Schema older = Schema.createRecord(today.getName(), null, today.getNamespace(), false);
        older.setFields(today.getFields().stream()
                .filter(field -> !field.name().equals("expected"))
                .map(field -> new Schema.Field(field, field.schema()))
                .toList());
        GenericData.Record written = new GenericData.Record(older);
        written.put("until", 2_000_000L);
        written.put("coveredSince", 1_000_000L);
        written.put("topic", TOPIC);

        AvroDeserializer<Heartbeat> heartbeats = new AvroDeserializer<>();
        heartbeats.configure(config, false);
        Heartbeat read =
                heartbeats.deserialize("heartbeats", RawRecords.bytes("avro-deserializer", "heartbeats", written));

        assertThat(read.getTopic()).isEqualTo(TOPIC);
        assertThat(read.getUntil()).hasToString("1970-01-01T00:00:02Z");
        assertThat(read.getExpected()).isEmpty();
    }

    @Test
    void shouldNameTheClassThatIsMissing() {
        GenericData.Record stranger =
                new GenericData.Record(Schema.createRecord("Stranger", null, "org.example", false, List.of()));

        assertThatThrownBy(
                        () -> deserializer.deserialize(TOPIC, RawRecords.bytes("avro-deserializer", TOPIC, stranger)))
                .isInstanceOf(SerializationException.class)
                .hasMessageContaining("there is no generated class org.example.Stranger")
                .hasMessageContaining("specific.avro.value.type");
    }

    @Test
    void shouldSayThatItIsNotConfigured() {
        assertThatThrownBy(() -> new AvroDeserializer<PodEvent>().deserialize(TOPIC, new byte[5]))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("call configure()");
    }
}
