package io.svidflow.embedded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.svidflow.topic.Topic;
import io.svidflow.topic.Topics;
import java.io.IOException;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.Config;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(180)
class EmbeddedKafkaTest {

    private static final List<Topic<?>> NODE_EVENTS = List.of(Topics.NODE_EVENTS);

    @Test
    void shouldCarryRecordsOfATransaction() throws ExecutionException, InterruptedException {
        try (EmbeddedKafka kafka = new EmbeddedKafka().start()) {
            kafka.createTopics(NODE_EVENTS, topic -> 3);

            produce(kafka, "prod/node-1", "NotReady");

            assertThat(consume(kafka)).extracting(ConsumerRecord::key).containsExactly("prod/node-1");
        }
    }

    @Test
    void shouldRunTwoSideBySideWithRecordsOfTheirOwn() throws ExecutionException, InterruptedException {
        try (EmbeddedKafka one = new EmbeddedKafka().start();
                EmbeddedKafka other = new EmbeddedKafka().start()) {
            one.createTopics(NODE_EVENTS, topic -> 1);
            other.createTopics(NODE_EVENTS, topic -> 1);

            produce(one, "one", "1");
            produce(other, "other", "2");

            assertThat(consume(one)).extracting(ConsumerRecord::key).containsExactly("one");
            assertThat(consume(other)).extracting(ConsumerRecord::key).containsExactly("other");
        }
    }

    @Test
    void shouldComeBackAtTheSameAddressWithWhatItHeld() throws ExecutionException, InterruptedException {
        try (EmbeddedKafka kafka = new EmbeddedKafka().start()) {
            kafka.createTopics(NODE_EVENTS, topic -> 1);
            produce(kafka, "prod/node-1", "NotReady");
            String address = kafka.bootstrapServers();

            kafka.stop();
            assertThatThrownBy(kafka::bootstrapServers).isInstanceOf(IllegalStateException.class);
            kafka.start();

            assertThat(kafka.bootstrapServers()).isEqualTo(address);
            assertThat(consume(kafka)).extracting(ConsumerRecord::key).containsExactly("prod/node-1");
        }
    }

    @Test
    void shouldLeaveNothingBehind() {
        EmbeddedKafka kafka = new EmbeddedKafka().start();
        Path data = kafka.dataFolder();
        kafka.createTopics(Topics.ALL, topic -> 2);
        assertThat(data).isNotEmptyDirectory();

        kafka.close();
        kafka.close();

        assertThat(data).doesNotExist();
        assertThatThrownBy(kafka::bootstrapServers)
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("call start()");
    }

    @Test
    void shouldCreateTopicsWithTheirRetention() throws ExecutionException, InterruptedException {
        try (EmbeddedKafka kafka = new EmbeddedKafka().start()) {
            kafka.createTopics(Topics.ALL, topic -> 1);

            Config findings = configOf(kafka, Topics.FINDINGS);
            assertThat(findings.get("cleanup.policy").value()).isEqualTo("compact");
            Config nodeEvents = configOf(kafka, Topics.NODE_EVENTS);
            assertThat(nodeEvents.get("cleanup.policy").value()).isEqualTo("delete");
            assertThat(nodeEvents.get("retention.ms").value())
                    .isEqualTo(Long.toString(Topics.NODE_EVENTS.retention().toMillis()));
        }
    }

    @Test
    void shouldRefuseAnotherPartitionCountAndAcceptTheSame() {
        try (EmbeddedKafka kafka = new EmbeddedKafka().start()) {
            kafka.createTopics(NODE_EVENTS, topic -> 3);
            kafka.createTopics(NODE_EVENTS, topic -> 3);

            assertThatThrownBy(() -> kafka.createTopics(Topics.ALL, topic -> 6))
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessage("topic svidflow.node-events exists with 3 partitions, but 6 are asked for: ask for 3, "
                            + "or delete the topic first (its records are lost)");
        }
    }

    @Test
    void shouldRefuseATopicWithoutPartitions() {
        try (EmbeddedKafka kafka = new EmbeddedKafka().start()) {
            assertThatThrownBy(() -> kafka.createTopics(NODE_EVENTS, topic -> 0))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("svidflow.node-events needs at least 1 partition");
        }
    }

    @Test
    void shouldTellAPortThatIsTakenFromOtherFailures(@TempDir Path folder) throws IOException {
        try (ServerSocket taken = new ServerSocket(0)) {
            int free = FreePorts.two().first();

            assertThatThrownBy(() -> Broker.start(new BrokerSettings(taken.getLocalPort(), free, folder)))
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessageContaining("does not start")
                    .matches(Broker::portWasTaken, "is about the port");
        }
    }

    private static void produce(EmbeddedKafka kafka, String key, String value)
            throws ExecutionException, InterruptedException {
        Map<String, Object> settings =
                Map.of("bootstrap.servers", kafka.bootstrapServers(), "transactional.id", "test");
        try (var producer = new KafkaProducer<>(settings, new StringSerializer(), new StringSerializer())) {
            producer.initTransactions();
            producer.beginTransaction();
            producer.send(new ProducerRecord<>(Topics.NODE_EVENTS.name(), key, value));
            producer.commitTransaction();
        }
    }

    private static List<ConsumerRecord<String, String>> consume(EmbeddedKafka kafka) {
        Map<String, Object> settings = Map.of(
                "bootstrap.servers", kafka.bootstrapServers(),
                "group.id", "test",
                "isolation.level", "read_committed",
                "auto.offset.reset", "earliest");
        try (var consumer = new KafkaConsumer<>(settings, new StringDeserializer(), new StringDeserializer())) {
            consumer.subscribe(List.of(Topics.NODE_EVENTS.name()));
            while (true) { // the time limit of the class ends it
                List<ConsumerRecord<String, String>> records = new ArrayList<>();
                consumer.poll(Duration.ofSeconds(1)).forEach(records::add);
                if (!records.isEmpty()) {
                    return records;
                }
            }
        }
    }

    private static Config configOf(EmbeddedKafka kafka, Topic<?> topic)
            throws ExecutionException, InterruptedException {
        ConfigResource resource = new ConfigResource(ConfigResource.Type.TOPIC, topic.name());
        try (Admin admin = Admin.create(Map.of("bootstrap.servers", kafka.bootstrapServers()))) {
            return admin.describeConfigs(List.of(resource)).all().get().get(resource);
        }
    }
}
