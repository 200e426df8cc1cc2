package io.svidflow.producer.publish;

import io.svidflow.producer.Publication;
import io.svidflow.serde.EventSerdes;
import io.svidflow.topic.Topic;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.atomic.LongAdder;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.errors.InterruptException;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;

/**
 * Writes publications to Kafka, in the order in which they are given: idempotently, acknowledged by all in-sync
 * replicas, with the time of publication as the record's timestamp. (The event's own times are in its header; an old
 * incident must survive the retention of its topics.) For one thread at a time; {@link #close()} from any.
 */
public final class KafkaPublisher implements AutoCloseable {

    private static final Duration CLOSE_TIMEOUT = Duration.ofSeconds(30);

    private final Producer<String, byte[]> producer;
    private final KafkaRecords records;
    private final Clock clock;
    private final Waiting waiting;
    private final Map<String, Integer> partitions = new ConcurrentHashMap<>();
    private final Map<String, LongAdder> acknowledged = new ConcurrentHashMap<>();
    private final AtomicReference<PublicationFailedException> failure = new AtomicReference<>();

    /**
     * @param settings of the Kafka producer, {@code bootstrap.servers} at least
     * @param clock tells the time of publication
     * @throws org.apache.kafka.common.KafkaException if a setting is missing or wrong
     */
    public KafkaPublisher(Map<String, ?> settings, EventSerdes serdes, Clock clock) {
        this(
                new KafkaProducer<>(ProducerSettings.of(settings), new StringSerializer(), new ByteArraySerializer()),
                serdes,
                clock,
                Waiting.SLEEPING);
    }

    KafkaPublisher(Producer<String, byte[]> producer, EventSerdes serdes, Clock clock, Waiting waiting) {
        this.producer = producer;
        this.records = new KafkaRecords(serdes, clock, this::partitions);
        this.clock = clock;
        this.waiting = waiting;
    }

    /**
     * Writes everything and returns when the brokers have acknowledged it.
     *
     * @param publications in the order in which they were observed
     * @throws PublicationFailedException if the brokers refuse an event; what follows is not written, now or later
     * @throws InterruptedException if the thread was interrupted; what was handed over before may be written
     */
    public void publish(Iterable<Publication> publications, Pacing pacing) throws InterruptedException {
        Instant start = clock.instant();
        Instant first = null;
        for (Publication publication : publications) {
            first = first == null ? publication.observedAt() : first;
            waitUntil(start.plus(pacing.due(Duration.between(first, publication.observedAt()))));
            requireHealthy();
            write(publication);
        }
        try {
            producer.flush();
        } catch (InterruptException e) {
            throw interrupted();
        }
        requireHealthy();
    }

    /** What the brokers have acknowledged so far. */
    public PublishedCounts published() {
        TreeMap<String, Long> counts = new TreeMap<>();
        acknowledged.forEach((topic, count) -> counts.put(topic, count.sum()));
        return new PublishedCounts(counts);
    }

    /**
     * Writes what was handed over, for up to 30 s, and lets go of the brokers. After a failure nothing more is written.
     * Completes also on an interrupted thread, which stays interrupted.
     */
    @Override
    public void close() {
        boolean interrupted = Thread.interrupted(); // else the producer gives up what it holds
        try {
            producer.close(failure.get() == null ? CLOSE_TIMEOUT : Duration.ZERO);
        } finally {
            records.close();
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    private void waitUntil(Instant due) throws InterruptedException {
        if (Thread.interrupted()) {
            throw interrupted();
        }
        Duration left = Duration.between(clock.instant(), due);
        if (!left.isNegative() && !left.isZero()) {
            waiting.pass(left);
        }
    }

    private void requireHealthy() {
        PublicationFailedException failed = failure.get();
        if (failed != null) {
            throw failed;
        }
    }

    private void write(Publication publication) throws InterruptedException {
        try {
            records.of(publication).forEach(message -> send(publication, message));
        } catch (InterruptException e) {
            throw interrupted();
        } catch (RuntimeException e) {
            failure.compareAndSet(null, failed(publication, e));
            requireHealthy();
        }
    }

    private int partitions(Topic<?> topic) {
        return partitions.computeIfAbsent(
                topic.name(), name -> producer.partitionsFor(name).size());
    }

    private void send(Publication publication, ProducerRecord<String, byte[]> message) {
        producer.send(message, (metadata, error) -> {
            if (error == null) {
                acknowledged
                        .computeIfAbsent(message.topic(), name -> new LongAdder())
                        .increment();
            } else {
                failure.compareAndSet(null, failed(publication, error));
            }
        });
    }

    private static PublicationFailedException failed(Publication publication, Exception error) {
        return new PublicationFailedException(
                publication.topic().name() + " did not take the "
                        + publication.value().getClass().getSimpleName() + " of " + publication.key() + " observed at "
                        + publication.observedAt() + ": " + error.getMessage()
                        + ". Check that the brokers and the schema registry run and that the topic exists;"
                        + " publishing again is harmless",
                error);
    }

    /** The interrupt is answered by this exception, so the flag goes. */
    private static InterruptedException interrupted() {
        Thread.interrupted();
        return new InterruptedException("interrupted while publishing");
    }
}
