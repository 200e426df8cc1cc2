package io.svidflow.producer.delivery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.svidflow.embedded.EmbeddedKafka;
import io.svidflow.embedded.SmallRegistry;
import io.svidflow.event.AgentEvent;
import io.svidflow.event.Farewell;
import io.svidflow.event.Heartbeat;
import io.svidflow.event.SourceFailure;
import io.svidflow.producer.coverage.Source;
import io.svidflow.producer.coverage.SourceKind;
import io.svidflow.producer.live.Backoff;
import io.svidflow.producer.live.Supervisor;
import io.svidflow.serde.EventSerdes;
import io.svidflow.topic.Topics;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.Deserializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Slow for what it does: it kills processes and stops a broker. */
@Timeout(180)
class DeliveryOnABrokerTest {

    private static final Source NODE_1 = new Source(SourceKind.AGENT_DEBUG, "node-1");
    private static final Source NODE_2 = new Source(SourceKind.AGENT_DEBUG, "node-2");
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final EmbeddedKafka KAFKA = new EmbeddedKafka();
    private static SmallRegistry registry;

    @TempDir
    private Path folder;

    @BeforeAll
    static void start() throws IOException {
        registry = new SmallRegistry();
        KAFKA.start();
    }

    @AfterAll
    static void stop() {
        KAFKA.close();
        registry.close();
    }

    @Test
    void shouldMissNothingAndRepeatOnlyWithTheSameIdWhenKilledAtAnyMoment() throws Exception {
        long seed = Long.getLong("svidflow.seed", System.nanoTime());
        System.out.println("Reproduce with: -Dsvidflow.seed=" + seed);
        Random random = new Random(seed);
        fresh();
        Path file = Files.createFile(folder.resolve("list"));
        int written = 0;

        for (int life = 0; life < 3; life++) {
            Process process = ForkedProducer.start(KAFKA.bootstrapServers(), registry.url(), NODE_1, file);
            int before = facts(NODE_1).size();
            // The first facts tell that it has started; then it is killed wherever it happens to be.
            written = append(file, written, 200 + random.nextInt(400));
            await().atMost(PATIENCE).until(() -> facts(NODE_1).size() > before);
            written = append(file, written, 200 + random.nextInt(400));
            Thread.sleep(random.nextInt(300));
            process.destroyForcibly().waitFor();
        }
        Process last = ForkedProducer.start(KAFKA.bootstrapServers(), registry.url(), NODE_1, file);
        int all = written;
        await().atMost(PATIENCE).until(() -> lines(facts(NODE_1)).size() == all);
        last.destroyForcibly().waitFor();

        assertThat(idsByLine()).as("seed %d", seed).allSatisfy((line, ids) -> assertThat(ids)
                .hasSize(1));
        assertThat(new HashSet<>(idsByLine().values()))
                .as("no two lines share an id; seed %d", seed)
                .hasSize(all);
        assertNothingBehindItsHeartbeat(seed);
    }

    @Test
    void shouldGoOnByItselfWhenTheBrokerComesBack() throws Exception {
        fresh();
        Path file = Files.createFile(folder.resolve("list"));
        try (Delivery delivery = ForkedProducer.delivery(
                        ForkedProducer.settings(KAFKA.bootstrapServers(), registry.url()), List.of(NODE_1));
                Supervisor supervisor = supervisor(delivery)) {
            supervisor.start(new GrowingList(NODE_1, file));
            int first = append(file, 0, 100);
            await().atMost(PATIENCE).until(() -> facts(NODE_1).size() == 100);

            KAFKA.stop();
            int all = append(file, first, 1_000);
            await().atMost(PATIENCE)
                    .until(() -> delivery.statuses().stream().anyMatch(status -> status.outstanding() > 0));
            KAFKA.start();

            await().atMost(PATIENCE).until(() -> lines(facts(NODE_1)).size() == all);
            assertThat(idsByLine()).allSatisfy((line, ids) -> assertThat(ids).hasSize(1));
            await().atMost(PATIENCE).until(() -> promisedUntil(NODE_1)
                    .equals(GrowingList.START.plusSeconds(110).minusMillis(1)));
            assertNothingBehindItsHeartbeat(0);
        }
    }

    @Test
    void shouldShareTheWorkBetweenProcesses() throws Exception {
        fresh();
        Path one = Files.createFile(folder.resolve("one"));
        Path two = Files.createFile(folder.resolve("two"));
        append(one, 0, 50);
        append(two, 0, 50);
        Map<String, Object> settings = ForkedProducer.settings(KAFKA.bootstrapServers(), registry.url());
        try (Delivery first = ForkedProducer.delivery(settings, List.of(NODE_1));
                Delivery second = ForkedProducer.delivery(settings, List.of(NODE_1));
                Supervisor ofFirst = supervisor(first);
                Supervisor ofSecond = supervisor(second)) {
            ofFirst.start(new GrowingList(NODE_1, one));
            ofSecond.start(new GrowingList(NODE_2, two));
            await().atMost(PATIENCE)
                    .until(() -> facts(NODE_1).size() == 50 && facts(NODE_2).size() == 50);

            // The work moves: the position is found by whoever takes it over.
            await().atMost(PATIENCE).until(() -> promisedUntil(NODE_1)
                    .equals(GrowingList.START.plusSeconds(5).minusMillis(1)));
            ofFirst.close();
            append(one, 50, 50);
            ofSecond.start(new GrowingList(NODE_1, one));

            await().atMost(PATIENCE).until(() -> lines(facts(NODE_1)).size() == 100);
            assertThat(facts(NODE_1)).hasSize(100);
        }
        assertThat(List.of(NODE_1, NODE_2)).allSatisfy(source -> assertThat(
                        lastHeartbeat(source).orElseThrow().getFarewell())
                .as("both were stopped in order")
                .isEqualTo(Farewell.STOPPED));
    }

    private static Supervisor supervisor(Delivery delivery) {
        Backoff backoff = new Backoff(Duration.ofMillis(50), Duration.ofSeconds(1));
        return new Supervisor(delivery::outletsOf, backoff, new SimpleMeterRegistry(), Clock.systemUTC());
    }

    /** Topics without a record of an earlier test. */
    private static void fresh() throws Exception {
        try (org.apache.kafka.clients.admin.Admin admin =
                org.apache.kafka.clients.admin.Admin.create(Map.of("bootstrap.servers", KAFKA.bootstrapServers()))) {
            Set<String> there = admin.listTopics().names().get();
            if (!there.isEmpty()) {
                admin.deleteTopics(there).all().get();
                await().atMost(PATIENCE)
                        .until(() -> admin.listTopics().names().get().isEmpty());
            }
        }
        KAFKA.createTopics(Topics.ALL, topic -> 1);
    }

    private static int append(Path file, int from, int count) throws IOException {
        String lines = IntStream.range(from, from + count)
                .mapToObj(number -> GrowingList.line(number) + "\n")
                .collect(Collectors.joining());
        Files.write(file, lines.getBytes(StandardCharsets.UTF_8), StandardOpenOption.APPEND);
        return from + count;
    }

    private static Set<Long> lines(List<AgentEvent> facts) {
        return facts.stream()
                .map(fact -> fact.getHeader().getOrigin().getLine())
                .collect(Collectors.toSet());
    }

    private static Map<Long, Set<String>> idsByLine() {
        Map<Long, Set<String>> ids = new TreeMap<>();
        facts(NODE_1).forEach(fact -> ids.computeIfAbsent(
                        fact.getHeader().getOrigin().getLine(), line -> new HashSet<>())
                .add(fact.getHeader().getId()));
        return ids;
    }

    /** A fact that is new must not come after a heartbeat that promises its time; a repeated one neither. */
    private static void assertNothingBehindItsHeartbeat(long seed) {
        Map<String, Instant> promised = new HashMap<>();
        for (AgentEvent event : events()) {
            String source = event.getHeader().getSource();
            if (event.getBody() instanceof Heartbeat heartbeat) {
                promised.put(source, heartbeat.getUntil());
            } else {
                assertThat(event.getHeader().getObservedTime())
                        .as("line %d; seed %d", event.getHeader().getOrigin().getLine(), seed)
                        .isAfter(promised.getOrDefault(source, Instant.MIN));
            }
        }
    }

    private static Instant promisedUntil(Source source) {
        return lastHeartbeat(source).map(Heartbeat::getUntil).orElse(Instant.MIN);
    }

    private static Optional<Heartbeat> lastHeartbeat(Source source) {
        return events().stream()
                .filter(event -> event.getHeader().getSource().equals(source.name()))
                .map(AgentEvent::getBody)
                .filter(Heartbeat.class::isInstance)
                .map(Heartbeat.class::cast)
                .reduce((first, second) -> second);
    }

    private static List<AgentEvent> facts(Source source) {
        return events().stream()
                .filter(event -> event.getHeader().getSource().equals(source.name()))
                .filter(event -> event.getBody() instanceof SourceFailure)
                .toList();
    }

    private static List<AgentEvent> events() {
        Map<String, Object> settings = new HashMap<>(ForkedProducer.settings(KAFKA.bootstrapServers(), registry.url()));
        Deserializer<AgentEvent> reading =
                new EventSerdes(settings).forTopic(Topics.AGENT_EVENTS).deserializer();
        try (KafkaConsumer<String, AgentEvent> consumer =
                new KafkaConsumer<>(settings, new StringDeserializer(), reading)) {
            TopicPartition partition = new TopicPartition(Topics.AGENT_EVENTS.name(), 0);
            consumer.assign(List.of(partition));
            consumer.seekToBeginning(List.of(partition));
            long end = consumer.endOffsets(List.of(partition)).get(partition);
            List<AgentEvent> events = new ArrayList<>();
            while (consumer.position(partition) < end) {
                for (ConsumerRecord<String, AgentEvent> message : consumer.poll(Duration.ofMillis(200))) {
                    events.add(message.value());
                }
            }
            return events;
        }
    }
}
