package io.svidflow.producer.shipped;

import static org.assertj.core.api.Assertions.assertThat;

import io.svidflow.embedded.EmbeddedKafka;
import io.svidflow.event.AgentEvent;
import io.svidflow.event.SourceFailure;
import io.svidflow.producer.coverage.Source;
import io.svidflow.producer.coverage.SourceKind;
import io.svidflow.producer.live.InterposedOutlets;
import io.svidflow.producer.live.RecordingOutlets;
import io.svidflow.producer.live.RecordingOutlets.Recording;
import io.svidflow.producer.spire.NodeDirectory;
import io.svidflow.producer.tail.AgentLines;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.admin.RecordsToDelete;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(90)
class LogTopicTest {

    private static final EmbeddedKafka KAFKA = new EmbeddedKafka();
    private static final Source NODE_1 = AgentLines.NODE_1;
    private static final Source NODE_2 = new Source(SourceKind.AGENT_LOG, "node-2");
    private static Admin admin;
    private static KafkaProducer<String, byte[]> shipper;

    private final Instant start = Instant.now();
    private final String topic = "logs-" + UUID.randomUUID();
    private final TestClock clock = new TestClock(start);
    private final NodeDirectory directory = new NodeDirectory();
    private RecordingOutlets outlets = new RecordingOutlets("lab");
    private KafkaConsumer<byte[], byte[]> consumer;
    private LogTopicReader reader;

    @BeforeAll
    static void startKafka() {
        Map<String, Object> brokers = Map.of("bootstrap.servers", KAFKA.start().bootstrapServers());
        admin = Admin.create(brokers);
        shipper = new KafkaProducer<>(brokers, new StringSerializer(), new ByteArraySerializer());
    }

    @AfterAll
    static void stopKafka() {
        shipper.close();
        admin.close();
        KAFKA.close();
    }

    @BeforeEach
    void createTopic() throws Exception {
        admin.createTopics(List.of(new NewTopic(topic, 2, (short) 1))).all().get();
        open();
    }

    @AfterEach
    void closeConsumer() {
        consumer.close();
    }

    @Test
    void shouldGiveEachLineToTheLogThatItBelongsTo() throws Exception {
        refused("node-1", 1);
        refused("node-2", 2);
        ship(
                "node-1",
                "{\"message\":\"time=\\\"" + start
                        + "\\\" level=info msg=\\\"Starting Server APIs\\\"\",\"kubernetes\":"
                        + "{\"pod_name\":\"spire-server-0\",\"pod_node_name\":\"node-1\",\"container_name\":\"spire-server\"}}");
        ship("node-1", envelope("node-1", "istio-proxy", "hello"));
        lookUntilRead(4);

        assertThat(pids(NODE_1)).containsExactly(1L);
        assertThat(pids(NODE_2)).containsExactly(2L);
        assertThat(outlets.of(new Source(SourceKind.SERVER_LOG, "spire-server-0"))
                        .facts())
                .hasSize(1);
        assertThat(outlets.deadLetters()).isEmpty();
    }

    @Test
    void shouldKeepWhatIsNobodysAsDeadLetters() throws Exception {
        ship("node-1", "no envelope");
        ship("node-1", envelope("", "spire-agent", "a line of nobody's agent"));
        ship("node-1", envelope("node-1", "spire-agent", "not a line of SPIRE"));
        lookUntilRead(3);

        assertThat(outlets.deadLetters())
                .hasSize(2)
                .anySatisfy(letter -> assertThat(letter).contains("log-topic", "not JSON"))
                .anySatisfy(letter -> assertThat(letter).contains("without the name of its node"));
        assertThat(outlets.of(NODE_1).deadLetters()).hasSize(1);
    }

    @Test
    void shouldPromiseNoMoreThanTheShippersProgress() throws Exception {
        refused("node-1", 1);
        lookUntilRead(1);
        assertThat(until(NODE_1)).isEqualTo(lineTime().minusSeconds(5));

        clock.pass(60);
        reader.look();
        assertThat(until(NODE_1))
                .as("nothing was heard of the shipper")
                .isEqualTo(lineTime().minusSeconds(5));

        alive("node-2", start.plusSeconds(50));
        lookUntilRead(2);
        assertThat(until(NODE_1))
                .as("another node's shipper")
                .isEqualTo(lineTime().minusSeconds(5));

        alive("node-1", start.plusSeconds(40));
        lookUntilRead(3);
        assertThat(until(NODE_1)).isEqualTo(start.plusSeconds(35));
    }

    @Test
    void shouldNotPromiseTheFutureForALineWithAWrongTime() throws Exception {
        ship("node-1", envelope("node-1", "spire-agent", AgentLines.refused(start.plusSeconds(7200), 1)));
        lookUntilRead(1);

        assertThat(until(NODE_1)).isBefore(Instant.now());
    }

    @Test
    void shouldGoOnAfterARestartWithoutLossOrRepetition() throws Exception {
        refused("node-1", 1);
        refused("node-2", 2);
        lookUntilRead(2);
        restart();
        refused("node-1", 3);
        refused("node-2", 4);
        lookUntilRead(4);

        assertThat(pids(NODE_1)).containsExactly(3L);
        assertThat(pids(NODE_2)).containsExactly(4L);
    }

    @Test
    void shouldRepeatUnderTheSameIdsWhatWasReadAndNotPromised() throws Exception {
        refused("node-1", 1);
        refused("node-1", 1);
        lookUntilRead(2);
        Set<String> ids = new HashSet<>(AgentLines.ids(outlets.of(NODE_1).facts()));
        refused("node-1", 1);
        Awaitility.await().until(() -> {
            // the clock stands still: read, but never promised
            reader.look();
            return outlets.of(NODE_1).facts().size() == 3;
        });
        restart();
        lookUntilRead(3);
        ids.addAll(AgentLines.ids(outlets.of(NODE_1).facts()));

        assertThat(ids).hasSize(3);
    }

    @Test
    void shouldReportAGapForWhatTheTopicNoLongerHolds() throws Exception {
        refused("node-1", 1);
        lookUntilRead(1);
        refused("node-1", 2);
        refused("node-1", 3);
        admin.deleteRecords(Map.of(partitionOf("node-1"), RecordsToDelete.beforeOffset(2)))
                .all()
                .get();
        restart();
        Awaitility.await().until(() -> {
            clock.pass(2);
            reader.look();
            return !outlets.of(NODE_1).facts().isEmpty();
        });

        assertThat(pids(NODE_1)).containsExactly(3L);
        assertThat(outlets.of(NODE_1).gaps()).hasSize(1);
    }

    @Test
    void shouldCheckThatTheTopicIsThere() {
        assertThat(source(topic).check()).isEmpty();
        assertThat(source("missing").check())
                .singleElement()
                .asString()
                .contains("topic missing does not exist", "deploy/");
    }

    @Test
    void shouldSayOfEachLogThatTheTopicIsRefusedAndPromiseNothing() throws Exception {
        refused("node-1", 1);
        alive("node-1", start.plusSeconds(30));
        lookUntilRead(2);
        outlets = outlets.restart();
        Instant promised = outlets.stored(NODE_1).orElseThrow().until();
        admin.deleteTopics(List.of(topic)).all().get();
        Thread refused = new Thread(() -> {
            try {
                source(topic).observe(outlets);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        });
        refused.start();

        Awaitility.await()
                .atMost(Duration.ofSeconds(30))
                .until(() -> !outlets.of(NODE_1).facts().isEmpty());
        refused.interrupt();
        refused.join();
        assertThat(outlets.of(NODE_1).facts()).singleElement().satisfies(fact -> {
            SourceFailure failure = (SourceFailure) ((AgentEvent) fact.value()).getBody();
            assertThat(failure.getOperation()).isEqualTo("ReadLogTopic");
            assertThat(failure.getError()).contains("may DESCRIBE and READ the topic");
        });
        assertThat(outlets.stored(NODE_1).orElseThrow().until()).isEqualTo(promised);
        assertThat(outlets.of(NODE_1).lastPosition()).isEmpty();
    }

    @Test
    void shouldStopReadingWhileNobodyTakesTheFacts() throws Exception {
        CountDownLatch taken = new CountDownLatch(1);
        AtomicInteger attempts = new AtomicInteger();
        for (int pid = 1; pid <= 1_200; pid++) {
            refused("node-1", pid);
        }
        reader = new LogTopicReader(
                config(topic),
                consumer,
                new InterposedOutlets(outlets, () -> {
                    attempts.incrementAndGet();
                    taken.await();
                }),
                AgentLines.MAPPERS,
                directory,
                clock);
        Thread release = new Thread(() -> {
            Awaitility.await().until(() -> attempts.get() == 1);
            assertThat(outlets.of(NODE_1).facts()).isEmpty();
            taken.countDown();
        });
        release.start();
        lookUntilRead(1_200);
        release.join();

        assertThat(pids(NODE_1)).hasSize(1_200).doesNotHaveDuplicates();
    }

    @Test
    void shouldNoLongerWaitForALogWhoseNodeIsGone() throws Exception {
        directory.node("uid-1", "node-1");
        directory.node("uid-2", "node-2");
        refused("node-1", 1);
        refused("node-2", 2);
        lookUntilRead(2);
        clock.pass(3600);
        lookUntilRead(2);
        assertThat(outlets.released())
                .as("shippers that are silent are missed while their nodes are there")
                .isEmpty();

        directory.nodeGone("node-1");
        lookUntilRead(2);
        clock.pass(6);
        lookUntilRead(2);

        assertThat(outlets.released()).containsExactly(NODE_1);
        assertThat(outlets.of(NODE_1).gaps()).as("its last lines").hasSize(1);
        restart();
        assertThat(outlets.known()).doesNotContain(NODE_1);

        directory.node("uid-3", "node-1");
        ship("node-1", envelope("node-1", "spire-agent", AgentLines.refused(clock.instant(), 3)));
        lookUntilRead(3);
        assertThat(pids(NODE_1)).as("a new node of that name").endsWith(3L);
    }

    @Test
    void shouldNotReleaseALogThatIsStillToBeReadThoughItsNodeIsGone() throws Exception {
        directory.nodeGone("node-1");
        refused("node-1", 1);
        lookUntilRead(1);
        clock.pass(4);
        refused("node-1", 2);
        lookUntilRead(2);

        assertThat(pids(NODE_1)).containsExactly(1L, 2L);
    }

    @Test
    void shouldNoLongerWaitForALogOfWhichNothingWasHeardForADay() throws Exception {
        refused("node-1", 1);
        refused("node-2", 2);
        lookUntilRead(2);
        clock.pass(23 * 3600);
        alive("node-2", start.plusSeconds(23 * 3600));
        lookUntilRead(3);
        assertThat(outlets.released()).isEmpty();

        clock.pass(2 * 3600);
        lookUntilRead(3);

        assertThat(outlets.released()).containsExactly(NODE_1);
    }

    private LogTopic source(String name) {
        return new LogTopic(config(name), AgentLines.MAPPERS, directory, clock);
    }

    private static LogTopicConfig config(String name) {
        return new LogTopicConfig(
                name,
                Map.of("bootstrap.servers", KAFKA.bootstrapServers()),
                LogTopicConfig.DEFAULT_CONTAINERS,
                Set.of(),
                Duration.ofSeconds(5),
                Duration.ofMinutes(10),
                Duration.ofHours(24));
    }

    private void open() throws InterruptedException {
        consumer = new KafkaConsumer<>(
                Map.of(
                        "bootstrap.servers",
                        KAFKA.bootstrapServers(),
                        "enable.auto.commit",
                        false,
                        "auto.offset.reset",
                        "none"),
                new ByteArrayDeserializer(),
                new ByteArrayDeserializer());
        reader = new LogTopicReader(config(topic), consumer, outlets, AgentLines.MAPPERS, directory, clock);
    }

    private void restart() throws InterruptedException {
        consumer.close();
        outlets = outlets.restart();
        open();
    }

    /** Reads until so many records of the topic have been passed, and once more for the promise. */
    private void lookUntilRead(long records) {
        Awaitility.await().until(() -> {
            reader.look();
            return consumer.position(new TopicPartition(topic, 0)) + consumer.position(new TopicPartition(topic, 1))
                    == records;
        });
        clock.pass(2);
        Awaitility.await().until(() -> {
            reader.look();
            clock.pass(2);
            return consumer.currentLag(new TopicPartition(topic, 0)).orElse(1) == 0
                    && consumer.currentLag(new TopicPartition(topic, 1)).orElse(1) == 0;
        });
        try {
            reader.look();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private Instant lineTime() {
        return start;
    }

    private Instant until(Source source) {
        return outlets.of(source).lastPosition().orElseThrow().until();
    }

    private List<Long> pids(Source source) {
        Recording recording = outlets.of(source);
        return AgentLines.pids(recording.facts());
    }

    private void refused(String node, long pid) throws Exception {
        ship(node, envelope(node, "spire-agent", AgentLines.refused(start, pid)));
    }

    private void alive(String node, Instant at) throws Exception {
        ship(node, "{\"svidflow\":\"alive\",\"node\":\"" + node + "\",\"@timestamp\":\"" + at + "\"}");
    }

    private static String envelope(String node, String container, String line) {
        return "{\"log\":\"" + line.replace("\"", "\\\"") + "\\n\",\"kubernetes\":{\"pod_name\":\"spire-agent-x\","
                + "\"namespace_name\":\"spire\",\"host\":\"" + node + "\",\"container_name\":\"" + container + "\"}}";
    }

    private void ship(String node, String value) throws Exception {
        shipper.send(new ProducerRecord<>(
                        topic, partitionOf(node).partition(), node, value.getBytes(StandardCharsets.UTF_8)))
                .get();
    }

    private TopicPartition partitionOf(String node) {
        return new TopicPartition(topic, node.equals("node-1") ? 0 : 1);
    }

    private static final class TestClock extends Clock {

        private Instant now;

        private TestClock(Instant now) {
            this.now = now;
        }

        private void pass(int seconds) {
            now = now.plusSeconds(seconds);
        }

        @Override
        public Instant instant() {
            return now;
        }

        @Override
        public ZoneId getZone() {
            return ZoneId.of("UTC");
        }

        @Override
        public Clock withZone(ZoneId zone) {
            return this;
        }
    }
}
