package io.svidflow.producer.publish;

import static io.svidflow.producer.publish.SampleFacts.MIDNIGHT;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.svidflow.embedded.EmbeddedKafka;
import io.svidflow.event.NodeEvent;
import io.svidflow.event.NodeObserved;
import io.svidflow.producer.Publication;
import io.svidflow.serde.EventSerdes;
import io.svidflow.topic.Topic;
import io.svidflow.topic.Topics;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.Deserializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class KafkaPublisherOnABrokerTest {

    private static final int PARTITIONS = 4;
    private static final List<Topic<?>> TOPICS = List.of(Topics.NODE_EVENTS, Topics.POD_EVENTS);
    private static final EmbeddedKafka KAFKA = new EmbeddedKafka();
    private static final EventSerdes SERDES = new EventSerdes(Map.of("schema.registry.url", "mock://broker"));

    @BeforeAll
    static void start() {
        KAFKA.start().createTopics(TOPICS, topic -> PARTITIONS);
    }

    @AfterAll
    static void stop() {
        KAFKA.close();
    }

    @Test
    void shouldPutTheFactsOfANodeIntoOnePartitionNumberOfAllTopics() throws InterruptedException {
        Instant before = Clock.systemUTC().instant();
        List<Publication> facts = Stream.of("a", "b", "c", "d", "e", "f")
                .flatMap(node -> Stream.of(SampleFacts.node(node, MIDNIGHT), SampleFacts.podOf(node, MIDNIGHT)))
                .toList();

        try (KafkaPublisher publisher = newPublisher(Map.of())) {
            publisher.publish(facts, Pacing.fastest());
            publisher.publish(List.of(SampleFacts.nodeHeartbeat(MIDNIGHT)), Pacing.fastest());
            assertThat(publisher.published().byTopic())
                    .containsEntry(Topics.NODE_EVENTS.name(), 6L + PARTITIONS)
                    .containsEntry(Topics.POD_EVENTS.name(), 6L);
        }

        List<ConsumerRecord<String, SpecificRecord>> nodes = read(Topics.NODE_EVENTS, 6 + PARTITIONS);
        List<ConsumerRecord<String, SpecificRecord>> pods = read(Topics.POD_EVENTS, 6);
        Map<String, Integer> ofNodes = partitionsOf(nodes);
        ofNodes.remove("prod");
        assertThat(partitionsOf(pods)).isEqualTo(ofNodes).hasSize(6);
        assertThat(nodes)
                .filteredOn(message -> message.key().equals("prod"))
                .extracting(ConsumerRecord::partition)
                .containsExactlyInAnyOrder(0, 1, 2, 3);
        assertThat(nodes)
                .allSatisfy(message -> assertThat(message.timestamp()).isGreaterThanOrEqualTo(before.toEpochMilli()));
        assertThat(nodes)
                .filteredOn(message -> message.key().equals("prod/a"))
                .extracting(message -> ((NodeObserved) ((NodeEvent) message.value()).getBody()).getName())
                .containsExactly("a");
    }

    @Test
    void shouldNameTheTopicThatIsMissing() {
        Publication fact = SampleFacts.node("node-1", MIDNIGHT);
        Publication elsewhere = new Publication(
                new Topic<>("svidflow.absent", NodeEvent.class, Topic.Key.NODE, Duration.ofDays(1), false),
                fact.key(),
                fact.value(),
                fact.observedAt(),
                fact.route());

        try (KafkaPublisher publisher = newPublisher(Map.of("max.block.ms", "500"))) {
            assertThatThrownBy(() -> publisher.publish(List.of(elsewhere), Pacing.fastest()))
                    .isInstanceOf(PublicationFailedException.class)
                    .hasMessageStartingWith("svidflow.absent did not take the NodeEvent of prod/node-1");
        }
    }

    private static KafkaPublisher newPublisher(Map<String, String> more) {
        Map<String, Object> settings = new TreeMap<>(more);
        settings.put("bootstrap.servers", KAFKA.bootstrapServers());
        return new KafkaPublisher(settings, SERDES, Clock.systemUTC());
    }

    private static Map<String, Integer> partitionsOf(List<ConsumerRecord<String, SpecificRecord>> messages) {
        Map<String, Integer> partitions = new TreeMap<>();
        messages.forEach(message -> partitions.put(message.key(), message.partition()));
        return partitions;
    }

    @SuppressWarnings("unchecked") // every topic's values are specific records
    private static List<ConsumerRecord<String, SpecificRecord>> read(Topic<?> topic, int count) {
        Deserializer<SpecificRecord> values = (Deserializer<SpecificRecord>)
                (Deserializer<?>) SERDES.forTopic(topic).deserializer();
        Map<String, Object> settings = Map.of("bootstrap.servers", KAFKA.bootstrapServers());
        try (var consumer = new KafkaConsumer<>(settings, new StringDeserializer(), values)) {
            List<TopicPartition> all = consumer.partitionsFor(topic.name()).stream()
                    .map(partition -> new TopicPartition(partition.topic(), partition.partition()))
                    .toList();
            consumer.assign(all);
            consumer.seekToBeginning(all);
            List<ConsumerRecord<String, SpecificRecord>> messages = new ArrayList<>();
            while (messages.size() < count) { // the time limit of the class ends it
                consumer.poll(Duration.ofSeconds(1)).forEach(messages::add);
            }
            return messages;
        }
    }
}
