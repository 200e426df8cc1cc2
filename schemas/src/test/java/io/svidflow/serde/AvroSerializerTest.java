package io.svidflow.serde;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.svidflow.event.Heartbeat;
import io.svidflow.event.PodEvent;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.avro.Schema;
import org.apache.kafka.common.config.ConfigException;
import org.apache.kafka.common.errors.SerializationException;
import org.junit.jupiter.api.Test;

class AvroSerializerTest {

    private static final Schema TODAY = Heartbeat.getClassSchema();
    private static final Heartbeat HEARTBEAT = SampleRecords.of(Heartbeat.class);

    @Test
    void shouldWriteTheSchemaIdMostSignificantByteFirst() {
        byte[] bytes = serializer("id", Map.of()).serialize("t", HEARTBEAT);

        assertThat(bytes).startsWith(0, 0, 0, 0, 1);
    }

    @Test
    void shouldKeepKeysAndValuesApart() {
        AvroSerializer<Heartbeat> keys = new AvroSerializer<>();
        keys.configure(Map.of("schema.registry.url", "mock://keys"), true);

        keys.serialize("t", HEARTBEAT);

        MockSchemaRegistry registry = MockSchemaRegistry.ofScope("//keys");
        assertThat(registry.latest("t-key").schema()).isEqualTo(TODAY);
        assertThatThrownBy(() -> registry.latest("t-value")).isInstanceOf(SerializationException.class);
    }

    @Test
    void shouldNotRegisterWhereThatIsForbidden() {
        AvroSerializer<Heartbeat> serializer = serializer("look-up", Map.of("auto.register.schemas", "false"));

        assertThatThrownBy(() -> serializer.serialize("t", HEARTBEAT))
                .isInstanceOf(SerializationException.class)
                .hasMessageContaining("io.svidflow.event.Heartbeat is not registered under t-value")
                .hasMessageContaining("auto.register.schemas");

        MockSchemaRegistry.ofScope("//look-up").register("t-value", TODAY);
        assertThat(serializer.serialize("t", HEARTBEAT)).startsWith(0, 0, 0, 0, 1);
    }

    @Test
    void shouldWriteTheLatestVersionOfTheSubject() {
        Schema latest = withField(new Schema.Field("note", Schema.create(Schema.Type.STRING), null, "none"));
        MockSchemaRegistry.ofScope("//latest").register("t-value", TODAY);
        MockSchemaRegistry.ofScope("//latest").register("t-value", latest);

        byte[] bytes = serializer("latest", Map.of("auto.register.schemas", "false", "use.latest.version", "true"))
                .serialize("t", HEARTBEAT);

        assertThat(bytes).startsWith(0, 0, 0, 0, 2).endsWith("none".getBytes());
        AvroDeserializer<Heartbeat> deserializer = new AvroDeserializer<>();
        deserializer.configure(Map.of("schema.registry.url", "mock://latest"), false);
        assertThat(deserializer.deserialize("t", bytes)).isEqualTo(HEARTBEAT);
    }

    @Test
    void shouldRefuseALatestVersionThatCannotHoldTheRecord() {
        Schema latest = withField(new Schema.Field("note", Schema.create(Schema.Type.STRING)));
        MockSchemaRegistry.ofScope("//unfit").register("t-value", latest);

        assertThatThrownBy(() -> serializer("unfit", Map.of("auto.register.schemas", false, "use.latest.version", true))
                        .serialize("t", HEARTBEAT))
                .isInstanceOf(SerializationException.class)
                .hasMessageContaining("latest schema of t-value (id 1) cannot hold")
                .hasMessageContaining("note");
    }

    @Test
    void shouldNameTheRecordThatIsNotFilled() {
        AvroSerializer<PodEvent> serializer = new AvroSerializer<>();
        serializer.configure(Map.of("schema.registry.url", "mock://unfilled"), false);

        assertThatThrownBy(() -> serializer.serialize("svidflow.pod-events", new PodEvent()))
                .isInstanceOf(SerializationException.class)
                .hasMessageContaining("io.svidflow.event.PodEvent for svidflow.pod-events cannot be written");
    }

    @Test
    void shouldRefuseWhatItDoesNotSupport() {
        for (String key : List.of("value.subject.name.strategy", "key.subject.name.strategy")) {
            assertThatThrownBy(() -> serializer("x", Map.of(key, "io.confluent.RecordNameStrategy")))
                    .isInstanceOf(ConfigException.class)
                    .hasMessageContaining(key)
                    .hasMessageContaining("only TopicNameStrategy");
        }
        assertThatThrownBy(() -> serializer("x", Map.of("specific.avro.reader", "false")))
                .isInstanceOf(ConfigException.class)
                .hasMessageContaining("specific.avro.reader");
    }

    private static Schema withField(Schema.Field added) {
        Schema schema = Schema.createRecord(TODAY.getName(), null, TODAY.getNamespace(), false);
        List<Schema.Field> fields = new ArrayList<>();
        TODAY.getFields().forEach(field -> fields.add(new Schema.Field(field, field.schema())));
        fields.add(added);
        schema.setFields(fields);
        return schema;
    }

    private static AvroSerializer<Heartbeat> serializer(String scope, Map<String, ?> config) {
        Map<String, Object> settings = new HashMap<>(config);
        settings.put("schema.registry.url", "mock://" + scope);
        AvroSerializer<Heartbeat> serializer = new AvroSerializer<>();
        serializer.configure(settings, false);
        return serializer;
    }
}
