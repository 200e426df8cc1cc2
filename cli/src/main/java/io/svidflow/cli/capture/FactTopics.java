package io.svidflow.cli.capture;

import io.svidflow.producer.capture.Capturing;
import io.svidflow.serde.EventSerdes;
import io.svidflow.topic.Topic;
import io.svidflow.topic.Topics;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.LongConsumer;
import java.util.stream.Stream;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.PartitionInfo;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.InterruptException;
import org.apache.kafka.common.errors.SerializationException;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.Deserializer;
import org.apache.kafka.common.serialization.StringDeserializer;

/** Reads the topics that producers write, from their beginning to where they end at this moment. */
public final class FactTopics implements AutoCloseable {

    private static final Duration POLL = Duration.ofMillis(500);
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final List<Topic<?>> TOPICS = Stream.concat(
                    Topics.NODE_FACTS.stream(), Stream.of(Topics.SERVER_EVENTS, Topics.DEAD_LETTERS))
            .toList();

    private final KafkaConsumer<String, byte[]> consumer;
    private final Map<String, Deserializer<? extends SpecificRecord>> values = new HashMap<>();
    private long unreadable;

    /** @param settings of the consumer and of the serdes */
    public FactTopics(Map<String, Object> settings, EventSerdes serdes) {
        Map<String, Object> all = new HashMap<>(settings);
        all.put("isolation.level", "read_committed");
        all.put("enable.auto.commit", false);
        consumer = new KafkaConsumer<>(all, new StringDeserializer(), new ByteArrayDeserializer());
        TOPICS.forEach(topic -> values.put(topic.name(), serdes.forTopic(topic).deserializer()));
    }

    /**
     * Reads everything once.
     *
     * @param progress told now and then how many records have been read
     * @throws IllegalStateException if a topic does not exist, or the brokers fall silent
     * @throws InterruptedException if the thread is asked to stop
     */
    public void read(Capturing capturing, LongConsumer progress) throws InterruptedException {
        try {
            Map<TopicPartition, Long> ends = assign();
            Set<TopicPartition> left = new HashSet<>(ends.keySet());
            long read = 0;
            Duration silent = Duration.ZERO;
            left.removeIf(partition -> consumer.position(partition) >= ends.get(partition));
            while (!left.isEmpty()) {
                ConsumerRecords<String, byte[]> records = consumer.poll(POLL);
                silent = records.isEmpty() ? silent.plus(POLL) : Duration.ZERO;
                if (silent.compareTo(PATIENCE) > 0) {
                    throw new IllegalStateException("the brokers have sent nothing for " + PATIENCE.toSeconds()
                            + " s; still to be read: " + left);
                }
                for (ConsumerRecord<String, byte[]> message : records) {
                    if (message.offset() < ends.get(new TopicPartition(message.topic(), message.partition()))) {
                        take(message, capturing);
                    }
                }
                read += records.count();
                progress.accept(read);
                left.removeIf(partition -> consumer.position(partition) >= ends.get(partition));
            }
        } catch (InterruptException e) {
            Thread.interrupted();
            throw new InterruptedException("asked to stop");
        }
    }

    /** Records that are no facts; they are left out. */
    public long unreadable() {
        return unreadable;
    }

    private Map<TopicPartition, Long> assign() {
        List<TopicPartition> partitions = TOPICS.stream()
                .flatMap(topic -> partitions(topic).stream())
                .map(info -> new TopicPartition(info.topic(), info.partition()))
                .toList();
        consumer.assign(partitions);
        consumer.seekToBeginning(partitions);
        return consumer.endOffsets(partitions);
    }

    private List<PartitionInfo> partitions(Topic<?> topic) {
        List<PartitionInfo> partitions = consumer.partitionsFor(topic.name());
        if (partitions == null || partitions.isEmpty()) {
            throw new IllegalStateException("there is no topic " + topic.name()
                    + ": name the brokers that svidflow's producers write to (SVIDFLOW_BOOTSTRAP_SERVERS)");
        }
        return partitions;
    }

    private void take(ConsumerRecord<String, byte[]> message, Capturing capturing) {
        SpecificRecord value;
        try {
            value = message.value() == null
                    ? null
                    : values.get(message.topic()).deserialize(message.topic(), message.value());
        } catch (SerializationException e) {
            unreadable++;
            return;
        }
        if (value != null) {
            capturing.add(message.key(), Instant.ofEpochMilli(message.timestamp()), value);
        }
    }

    @Override
    public void close() {
        consumer.close();
        values.values().forEach(Deserializer::close);
    }
}
