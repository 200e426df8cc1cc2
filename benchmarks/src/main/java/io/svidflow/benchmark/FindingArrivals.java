package io.svidflow.benchmark;

import io.svidflow.event.Finding;
import io.svidflow.serde.EventSerdes;
import io.svidflow.topic.Topics;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.StringDeserializer;

/** Notes when the first revision of each finding arrives, from now on, in a thread of its own. */
final class FindingArrivals implements AutoCloseable {

    /**
     * The first arrival of a finding.
     *
     * @param detectedAt event time of the decision
     * @param arrivedAt real time of its arrival
     */
    record Arrival(Instant detectedAt, Instant arrivedAt) {}

    private static final Duration POLL = Duration.ofMillis(100);

    private final KafkaConsumer<String, Finding> consumer;
    private final Clock clock;
    private final Map<String, Arrival> arrivals = new LinkedHashMap<>();
    private final CompletableFuture<Void> done = new CompletableFuture<>();
    private volatile boolean closing;

    FindingArrivals(String bootstrapServers, EventSerdes serdes, Clock clock) {
        this.clock = clock;
        consumer = new KafkaConsumer<>(
                Map.of("bootstrap.servers", bootstrapServers, "isolation.level", "read_committed"),
                new StringDeserializer(),
                serdes.forTopic(Topics.FINDINGS).deserializer());
        List<TopicPartition> partitions = consumer.partitionsFor(Topics.FINDINGS.name()).stream()
                .map(partition -> new TopicPartition(partition.topic(), partition.partition()))
                .toList();
        consumer.assign(partitions);
        consumer.seekToEnd(partitions);
        partitions.forEach(consumer::position); // seeking is lazy
        Thread reader = new Thread(this::read, "finding-arrivals");
        reader.setDaemon(true);
        reader.start();
    }

    /** Stops reading. What has arrived, in order. */
    List<Arrival> stop() {
        closing = true;
        done.join();
        return List.copyOf(arrivals.values());
    }

    @Override
    public void close() {
        closing = true;
        done.exceptionally(error -> null).join();
    }

    private void read() {
        try (consumer) {
            while (!closing) {
                for (ConsumerRecord<String, Finding> message : consumer.poll(POLL)) {
                    Finding finding = message.value();
                    arrivals.putIfAbsent(finding.getId(), new Arrival(finding.getDetectedAt(), clock.instant()));
                }
            }
            done.complete(null);
        } catch (RuntimeException e) {
            done.completeExceptionally(e);
        }
    }
}
