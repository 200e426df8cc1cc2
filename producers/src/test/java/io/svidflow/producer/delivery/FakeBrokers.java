package io.svidflow.producer.delivery;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.svidflow.event.Checkpoint;
import io.svidflow.producer.coverage.Source;
import io.svidflow.producer.live.Backoff;
import io.svidflow.producer.live.Outlet;
import io.svidflow.serde.EventSerdes;
import io.svidflow.topic.Topic;
import io.svidflow.topic.Topics;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Queue;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.clients.producer.Callback;
import org.apache.kafka.clients.producer.MockProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.Cluster;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;

/** Brokers that answer when they are told to, and processes that publish to them. */
final class FakeBrokers implements StoredCheckpoints, AutoCloseable {

    static final String CLUSTER = "prod";
    static final EventSerdes SERDES = new EventSerdes(Map.of("schema.registry.url", "mock://fake-brokers"));

    /** A record as it was handed over. */
    record Sent(ProducerRecord<String, byte[]> message, Callback callback) {

        String topic() {
            return message.topic();
        }

        SpecificRecord value() {
            return FakeBrokers.read(message);
        }
    }

    private final Queue<Sent> waiting = new ArrayDeque<>();
    private final List<Sent> taken = new ArrayList<>();
    private final Map<String, Exception> refusals = new HashMap<>();
    private final List<Delivery> processes = new ArrayList<>();
    private boolean down;
    private boolean positionsLost;
    private int connections;

    /** A process that publishes here. */
    Delivery process(Clock clock, Collection<Source> expected) {
        return process(clock, expected, DeliverySettings.OUTSTANDING_BYTES);
    }

    Delivery process(Clock clock, Collection<Source> expected, long outstandingBytes) {
        return process(clock, expected, outstandingBytes, SERDES);
    }

    Delivery process(Clock clock, Collection<Source> expected, long outstandingBytes, EventSerdes serdes) {
        ExpectedSources sources = new ExpectedSources(
                expected.stream().filter(source -> source.kind().clusterWide()).toList(),
                expected.stream()
                        .map(Source::kind)
                        .filter(kind -> !kind.clusterWide())
                        .toList());
        Backoff backoff = new Backoff(Duration.ofMillis(5), Duration.ofMillis(10));
        DeliverySettings settings = new DeliverySettings(CLUSTER, topic -> 1, sources, outstandingBytes, backoff);
        Delivery delivery = new Delivery(settings, this::connect, serdes, this, new SimpleMeterRegistry(), clock);
        processes.add(delivery);
        return delivery;
    }

    Outlet outlet(Clock clock, Source source) throws InterruptedException {
        return process(clock, List.of(source)).outletsOf(source.name()).of(source);
    }

    /** From now on nothing is answered. */
    synchronized void goDown() {
        down = true;
    }

    /** Answers what waits, and everything that comes. */
    void comeBack() {
        List<Sent> left;
        synchronized (this) {
            down = false;
            left = new ArrayList<>(waiting);
            waiting.clear();
        }
        left.forEach(this::answer);
    }

    /** What comes to a topic is refused. */
    synchronized void refuse(Topic<?> topic, Exception error) {
        refusals.put(topic.name(), error);
    }

    /** Positions are not answered any more; what they refer to is taken. */
    synchronized void losePositionsFromNowOn() {
        positionsLost = true;
    }

    synchronized void accept(Topic<?> topic) {
        refusals.remove(topic.name());
    }

    /** Records that were acknowledged, in that order. */
    synchronized List<Sent> taken() {
        return List.copyOf(taken);
    }

    /** Values that were acknowledged in a topic. */
    List<SpecificRecord> taken(Topic<?> topic) {
        return taken().stream()
                .filter(sent -> sent.topic().equals(topic.name()))
                .map(Sent::value)
                .toList();
    }

    /** How often somebody has connected. */
    synchronized int connections() {
        return connections;
    }

    @Override
    public Optional<Checkpoint> of(Source source) {
        Map<String, Checkpoint> all = checkpoints();
        return Optional.ofNullable(all.get(Topics.sourceKey(CLUSTER, source.name())))
                .map(position -> LargeMarks.assembled(position, all::get));
    }

    /** What compaction would leave of the positions, by key. */
    Map<String, Checkpoint> checkpoints() {
        Map<String, Checkpoint> latest = new TreeMap<>();
        taken().stream()
                .filter(sent -> sent.topic().equals(Topics.CHECKPOINTS.name()))
                .forEach(sent -> latest.put(sent.message().key(), (Checkpoint) sent.value()));
        latest.values().removeIf(Objects::isNull);
        return latest;
    }

    @Override
    public Set<Source> known() {
        return checkpoints().values().stream()
                .flatMap(checkpoint -> Source.named(checkpoint.getSource()).stream())
                .collect(Collectors.toSet());
    }

    /** Everything is allowed again first: a process that ends has something to say. */
    @Override
    public void close() {
        synchronized (this) {
            refusals.clear();
            positionsLost = false;
        }
        comeBack();
        processes.forEach(Delivery::close);
    }

    private synchronized Producer<String, byte[]> connect() {
        connections++;
        return new MockProducer<>(Cluster.empty(), false, null, new StringSerializer(), new ByteArraySerializer()) {
            @Override
            public java.util.concurrent.Future<RecordMetadata> send(
                    ProducerRecord<String, byte[]> message, Callback callback) {
                hand(new Sent(message, callback));
                return null;
            }
        };
    }

    private void hand(Sent sent) {
        synchronized (this) {
            boolean position = sent.topic().equals(Topics.CHECKPOINTS.name())
                    && !sent.message().key().contains("#");
            if (down || positionsLost && position) {
                waiting.add(sent);
                return;
            }
        }
        answer(sent);
    }

    private void answer(Sent sent) {
        Exception refusal;
        synchronized (this) {
            refusal = refusals.get(sent.topic());
            if (refusal == null) {
                taken.add(sent);
            }
        }
        sent.callback().onCompletion(null, refusal);
    }

    private static SpecificRecord read(ProducerRecord<String, byte[]> message) {
        Topic<?> topic = Topics.ALL.stream()
                .filter(one -> one.name().equals(message.topic()))
                .findFirst()
                .orElseThrow();
        return message.value() == null
                ? null
                : SERDES.forTopic(topic).deserializer().deserialize(message.topic(), message.value());
    }
}
