package io.svidflow.producer.publish;

import static io.svidflow.producer.publish.SampleFacts.MIDNIGHT;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.svidflow.producer.Publication;
import io.svidflow.serde.EventSerdes;
import io.svidflow.topic.Topics;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;
import org.apache.kafka.clients.producer.MockProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.Cluster;
import org.apache.kafka.common.Node;
import org.apache.kafka.common.PartitionInfo;
import org.apache.kafka.common.errors.RecordTooLargeException;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class KafkaPublisherTest {

    private static final Instant TODAY = Instant.parse("2026-11-23T12:00:00Z");

    private final FakeTime time = new FakeTime(TODAY);
    private final MockProducer<String, byte[]> producer = producer(true);
    private final KafkaPublisher publisher = publisher(producer);

    @AfterEach
    void answerInterrupts() {
        Thread.interrupted();
    }

    @Test
    void shouldTakeTheTimeOfPublicationAndNotOfTheEvent() throws InterruptedException {
        publisher.publish(List.of(SampleFacts.node("node-1", MIDNIGHT)), Pacing.fastest());

        assertThat(producer.history()).extracting(ProducerRecord::timestamp).containsExactly(TODAY.toEpochMilli());
    }

    @Test
    void shouldWriteOnceToEveryPartitionWhereAsked() throws InterruptedException {
        publisher.publish(List.of(SampleFacts.nodeHeartbeat(MIDNIGHT)), Pacing.fastest());

        assertThat(producer.history()).extracting(ProducerRecord::partition).containsExactly(0, 1, 2);
        assertThat(publisher.published().byTopic()).containsOnly(Map.entry(Topics.NODE_EVENTS.name(), 3L));
        assertThat(publisher.published().records()).isEqualTo(3);
        assertThat(publisher.published().deadLetters()).isZero();
    }

    @Test
    void shouldKeepTheSpacingOfTheObservations() throws InterruptedException {
        List<Publication> publications = List.of(
                SampleFacts.node("node-1", MIDNIGHT),
                SampleFacts.node("node-2", MIDNIGHT.plusSeconds(60)),
                SampleFacts.node("node-3", MIDNIGHT.plusSeconds(50)),
                SampleFacts.node("node-4", MIDNIGHT.plusSeconds(120)));

        publisher.publish(publications, new Pacing(60));

        assertThat(producer.history())
                .extracting(message -> message.timestamp() - TODAY.toEpochMilli())
                .containsExactly(0L, 1_000L, 1_000L, 2_000L);
    }

    @Test
    void shouldStopWhereTheBrokersRefuseAndSayWhatTheySaid() {
        MockProducer<String, byte[]> refusing = producer(false);
        KafkaPublisher stopped = publisher(refusing);
        Publication refused = SampleFacts.node("node-1", MIDNIGHT);
        Publication next = SampleFacts.node("node-2", MIDNIGHT);

        Iterable<Publication> publications = () -> IntStream.range(0, 2)
                .mapToObj(i -> {
                    if (i == 1) {
                        refusing.errorNext(new RecordTooLargeException("more than message.max.bytes"));
                    }
                    return i == 0 ? refused : next;
                })
                .iterator();

        assertThatThrownBy(() -> stopped.publish(publications, Pacing.fastest()))
                .isInstanceOf(PublicationFailedException.class)
                .hasMessageStartingWith("svidflow.node-events did not take the NodeEvent of prod/node-1 observed at "
                        + "2025-02-06T00:00:00Z: more than message.max.bytes. Check that");
        assertThatThrownBy(() -> stopped.publish(List.of(next), Pacing.fastest()))
                .isInstanceOf(PublicationFailedException.class);
        assertThat(refusing.history()).hasSize(1);
    }

    @Test
    void shouldEndOnAnInterruptAndStillClose() {
        Thread.currentThread().interrupt();

        assertThatThrownBy(() -> publisher.publish(List.of(SampleFacts.node("node-1", MIDNIGHT)), Pacing.original()))
                .isInstanceOf(InterruptedException.class);
        Thread.currentThread().interrupt();
        publisher.close();

        assertThat(producer.closed()).isTrue();
        assertThat(producer.history()).isEmpty();
        assertThat(Thread.currentThread().isInterrupted()).isTrue();
    }

    private KafkaPublisher publisher(MockProducer<String, byte[]> kafka) {
        EventSerdes serdes = new EventSerdes(Map.of("schema.registry.url", "mock://publisher"));
        return new KafkaPublisher(kafka, serdes, time, time);
    }

    private static MockProducer<String, byte[]> producer(boolean autoComplete) {
        Node broker = new Node(0, "localhost", 9092);
        List<PartitionInfo> partitions = IntStream.range(0, 3)
                .mapToObj(number -> new PartitionInfo(
                        Topics.NODE_EVENTS.name(), number, broker, new Node[] {broker}, new Node[] {broker}))
                .toList();
        Cluster cluster = new Cluster("test", List.of(broker), partitions, Set.of(), Set.of());
        return new MockProducer<>(cluster, autoComplete, null, new StringSerializer(), new ByteArraySerializer());
    }
}
