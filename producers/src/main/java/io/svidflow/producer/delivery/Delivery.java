package io.svidflow.producer.delivery;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.svidflow.event.Checkpoint;
import io.svidflow.event.Origin;
import io.svidflow.producer.DeadLetters;
import io.svidflow.producer.coverage.Source;
import io.svidflow.producer.live.Outlets;
import io.svidflow.producer.live.Position;
import io.svidflow.producer.publish.KafkaRecords;
import io.svidflow.producer.publish.ProducerSettings;
import io.svidflow.serde.EventSerdes;
import java.time.Clock;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Supplier;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Brings what the sources of a process say to Kafka. For each source: facts first; when the brokers have them, the
 * position behind them ({@link io.svidflow.topic.Topics#CHECKPOINTS}); when they have that, the heartbeats that promise
 * it. A process that is killed between two of these steps repeats facts later than its last heartbeat, under the ids
 * that they had. While the brokers do not answer, the sources wait.
 */
public final class Delivery implements AutoCloseable {

    private static final Logger LOGGER = LoggerFactory.getLogger(Delivery.class);

    private static final Duration LEAVE = Duration.ofSeconds(3);

    private final Means means;
    private final StoredCheckpoints checkpoints;
    private final MeterRegistry metrics;
    private final Lane strays;
    private final Map<Source, Channel> channels = new ConcurrentHashMap<>();
    private final AtomicBoolean closed = new AtomicBoolean();

    /**
     * @param kafka settings of the producer, {@code bootstrap.servers} at least
     * @throws org.apache.kafka.common.KafkaException if a setting is missing or wrong
     */
    public Delivery(
            DeliverySettings settings,
            Map<String, ?> kafka,
            EventSerdes serdes,
            StoredCheckpoints checkpoints,
            MeterRegistry metrics,
            Clock clock) {
        this(
                settings,
                () -> new KafkaProducer<>(
                        ProducerSettings.withoutGivingUp(kafka), new StringSerializer(), new ByteArraySerializer()),
                serdes,
                checkpoints,
                metrics,
                clock);
    }

    Delivery(
            DeliverySettings settings,
            Supplier<Producer<String, byte[]>> connect,
            EventSerdes serdes,
            StoredCheckpoints checkpoints,
            MeterRegistry metrics,
            Clock clock) {
        Budget budget = new Budget(settings.outstandingBytes(), settings.share());
        this.means = new Means(
                settings.cluster(),
                settings.expected(),
                new Brokers(connect),
                new KafkaRecords(serdes, clock, settings.partitions()),
                budget,
                new Promiser(),
                settings.backoff(),
                clock);
        this.checkpoints = checkpoints;
        this.metrics = metrics;
        this.strays = new Lane("strays", means, () -> {});
        SourceCounts.show(metrics, budget);
    }

    /**
     * Where a live source says what it sees. Asked for again, after the source was started again, its outlets go on from
     * the last position, and the old ones are of no use any more.
     *
     * @param name name of the live source
     */
    public Outlets outletsOf(String name) {
        return new ProcessOutlets(name, this);
    }

    /** How every source fares that has an outlet, in order of name. */
    public List<SourceStatus> statuses() {
        return channels.values().stream()
                .map(Channel::now)
                .sorted(Comparator.comparing(SourceStatus::source))
                .toList();
    }

    /**
     * Writes what was handed over, for up to 10 s, takes leave of who waits for the sources, and lets go of the brokers.
     * Stop the sources first.
     */
    @Override
    public void close() {
        if (closed.getAndSet(true)) {
            return;
        }
        boolean interrupted = Thread.interrupted(); // else the producer gives up what it holds
        try {
            takeLeave();
        } catch (InterruptedException e) {
            interrupted = true;
        }
        try {
            means.brokers().close();
            means.promiser().close();
            means.records().close();
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    /** So that silence which is meant is told from a fault; whoever goes on makes good for it. */
    private void takeLeave() throws InterruptedException {
        List<Channel> there = List.copyOf(channels.values());
        CountDownLatch open = new CountDownLatch(there.size());
        there.forEach(channel -> channel.stop(open::countDown));
        if (!open.await(LEAVE.toMillis(), TimeUnit.MILLISECONDS)) {
            LOGGER.atWarn()
                    .addKeyValue("sources", open.getCount())
                    .log(
                            "the brokers do not answer: that these sources were stopped is not known to who waits for them");
        }
    }

    Set<Source> known() throws InterruptedException {
        return checkpoints.known();
    }

    Optional<Position> stored(Source source) throws InterruptedException {
        return checkpoints.of(source).map(there -> new Position(there.getUntil(), new TreeMap<>(there.getMarks())));
    }

    /** Keeps raw material that is nobody's, and returns when the brokers have it: no position would vouch for it. */
    void deadLetter(String reader, Origin origin, String raw, String reason) throws InterruptedException {
        String place = origin.getLocation() + (origin.getLine() == null ? "" : ":" + origin.getLine());
        CountDownLatch kept = new CountDownLatch(1);
        strays.send(
                DeadLetters.of(
                        means.cluster(),
                        reader,
                        origin,
                        place,
                        raw,
                        reason,
                        means.clock().instant()),
                () -> kept::countDown);
        Counter.builder("svidflow.stray.dead.letters")
                .description("Pieces of raw material of which nobody can tell whose they are")
                .tag("reader", reader)
                .register(metrics)
                .increment();
        kept.await();
    }

    /** Nobody here expects it any more, before it is said to be gone. */
    void release(Source source, String name) throws InterruptedException {
        Channel channel = channel(source, name);
        means.expected().gone(source);
        channel.release();
        channels.remove(source);
        SourceCounts.forget(metrics, source);
    }

    Channel channel(Source source, String name) throws InterruptedException {
        Channel known = channels.get(source);
        if (known == null) {
            Optional<Checkpoint> stored = checkpoints.of(source);
            known = channels.computeIfAbsent(source, s -> connect(s, name, stored));
        }
        if (!known.by().equals(name)) {
            throw new IllegalStateException(
                    "both " + known.by() + " and " + name + " speak for " + source.name() + ": configure it once");
        }
        return known;
    }

    private Channel connect(Source source, String name, Optional<Checkpoint> stored) {
        if (!means.expected().names(source)) {
            LOGGER.atInfo()
                    .addKeyValue("source", source.name())
                    .log("this source is not among the expected ones: other processes do not wait for it at a cold"
                            + " start; name it in expected.sources");
        }
        means.expected().met(source);
        Channel channel = new Channel(source, name, stored, means, new SourceCounts(metrics, source));
        SourceCounts.show(metrics, channel, source, means.clock());
        return channel;
    }
}
