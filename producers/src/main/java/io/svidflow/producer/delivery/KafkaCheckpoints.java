package io.svidflow.producer.delivery;

import io.svidflow.event.Checkpoint;
import io.svidflow.producer.coverage.Source;
import io.svidflow.producer.live.Backoff;
import io.svidflow.serde.EventSerdes;
import io.svidflow.topic.Topics;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.InterruptException;
import org.apache.kafka.common.errors.SerializationException;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.Deserializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Reads {@link Topics#CHECKPOINTS} up to its end whenever a source asks: another process may have written meanwhile. */
public final class KafkaCheckpoints implements StoredCheckpoints, AutoCloseable {

    private static final Logger LOGGER = LoggerFactory.getLogger(KafkaCheckpoints.class);
    private static final Duration POLL = Duration.ofMillis(200);
    /** Thousands of sources ask at a start; what is this old may be a position behind, which only repeats facts. */
    private static final Duration FRESH = Duration.ofMillis(500);

    private final String cluster;
    private final Supplier<Consumer<String, byte[]>> connect;
    private final Deserializer<Checkpoint> reading;
    private final Backoff backoff;
    private final Problem problem;
    private final Clock clock;
    private final Map<String, Checkpoint> latest = new HashMap<>();
    private Consumer<String, byte[]> consumer;
    private Instant readAt = Instant.MIN;

    /** @param settings of Kafka's clients, {@code bootstrap.servers} at least */
    public KafkaCheckpoints(String cluster, Map<String, ?> settings, EventSerdes serdes, Backoff backoff, Clock clock) {
        this.cluster = cluster;
        this.reading = serdes.forTopic(Topics.CHECKPOINTS).deserializer();
        this.backoff = backoff;
        this.clock = clock;
        this.problem = new Problem("checkpoints", "requests", clock);
        Map<String, Object> ofConsumer = new HashMap<>(settings);
        ofConsumer.remove(ConsumerConfig.GROUP_ID_CONFIG);
        ofConsumer.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, false);
        ofConsumer.put(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "earliest");
        this.connect = () -> new KafkaConsumer<>(ofConsumer, new StringDeserializer(), new ByteArrayDeserializer());
    }

    @Override
    public synchronized Optional<Checkpoint> of(Source source) throws InterruptedException {
        Map<String, Checkpoint> all = upToDate();
        return Optional.ofNullable(all.get(Topics.sourceKey(cluster, source.name())))
                .map(position -> assembled(position, all));
    }

    @Override
    public synchronized Set<Source> known() throws InterruptedException {
        return upToDate().entrySet().stream()
                .filter(entry -> entry.getKey()
                        .equals(Topics.sourceKey(cluster, entry.getValue().getSource())))
                .flatMap(entry -> Source.named(entry.getValue().getSource()).stream())
                .collect(Collectors.toSet());
    }

    private static Checkpoint assembled(Checkpoint position, Map<String, Checkpoint> all) {
        Checkpoint assembled = LargeMarks.assembled(position, all::get);
        if (assembled.getElsewhere().size() < position.getElsewhere().size()) {
            LOGGER.atWarn()
                    .addKeyValue("source", position.getSource())
                    .addKeyValue("stored", position.getElsewhere().keySet())
                    .addKeyValue("found", assembled.getElsewhere().keySet())
                    .log("a part of a position cannot be found; the source goes on without");
        }
        return assembled;
    }

    private Map<String, Checkpoint> upToDate() throws InterruptedException {
        Instant now = clock.instant();
        while (consumer == null || Duration.between(readAt, now).abs().compareTo(FRESH) > 0) {
            try {
                readToTheEnd();
                problem.over();
                readAt = now;
            } catch (InterruptException e) {
                Thread.interrupted();
                throw new InterruptedException("interrupted while reading checkpoints");
            } catch (RuntimeException e) {
                Duration wait = backoff.after(problem.failed(Topics.CHECKPOINTS.name(), e));
                close();
                Thread.sleep(wait.toMillis());
            }
        }
        return latest;
    }

    @Override
    public synchronized void close() {
        if (consumer != null) {
            consumer.close();
            consumer = null;
            latest.clear();
        }
    }

    private void readToTheEnd() {
        if (consumer == null) {
            consumer = connect.get();
            List<TopicPartition> partitions = consumer.partitionsFor(Topics.CHECKPOINTS.name()).stream()
                    .map(partition -> new TopicPartition(partition.topic(), partition.partition()))
                    .toList();
            if (partitions.isEmpty()) {
                throw new IllegalStateException(
                        "topic " + Topics.CHECKPOINTS.name() + " does not exist: run svidflow topics create");
            }
            consumer.assign(partitions);
            consumer.seekToBeginning(partitions);
        }
        Map<TopicPartition, Long> ends = consumer.endOffsets(consumer.assignment());
        while (ends.entrySet().stream().anyMatch(end -> consumer.position(end.getKey()) < end.getValue())) {
            consumer.poll(POLL).forEach(this::keep);
        }
    }

    private void keep(ConsumerRecord<String, byte[]> message) {
        if (message.key() == null || !message.key().startsWith(cluster + "/")) {
            return;
        }
        if (message.value() == null) {
            latest.remove(message.key());
            return;
        }
        try {
            latest.put(message.key(), reading.deserialize(message.topic(), message.value()));
        } catch (SerializationException e) {
            LOGGER.atWarn()
                    .addKeyValue("key", message.key())
                    .addKeyValue("offset", message.offset())
                    .addKeyValue("error", e.getMessage())
                    .log("a checkpoint cannot be read; the one before it counts, and facts may be published again");
        }
    }
}
