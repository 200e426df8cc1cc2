package io.svidflow.topic;

import java.io.Closeable;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.SerializationException;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.Deserializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Everything in a topic, from the beginning: what is committed when it is asked for has been read when it returns. */
public final class TopicTail<V extends SpecificRecord> implements Closeable {

    private static final Logger LOG = LoggerFactory.getLogger(TopicTail.class);
    private static final Duration POLL = Duration.ofMillis(100);
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private final Topic<V> topic;
    private final KafkaConsumer<String, byte[]> consumer;
    private final List<TopicPartition> partitions;
    private final Deserializer<V> values;
    private final Consumer<V> each;
    private final Clock clock;

    /**
     * @param settings of the consumer
     * @param values reads the topic's values; one that cannot be read is left out, with a warning
     * @param each is given every value, in the order of its partition
     */
    public TopicTail(
            Map<String, Object> settings, Topic<V> topic, Deserializer<V> values, Consumer<V> each, Clock clock) {
        Map<String, Object> own = new HashMap<>(settings);
        own.put("isolation.level", "read_committed");
        own.put("enable.auto.commit", false);
        this.topic = topic;
        this.values = values;
        this.each = each;
        this.clock = clock;
        this.consumer = new KafkaConsumer<>(own, new StringDeserializer(), new ByteArrayDeserializer());
        this.partitions = consumer.partitionsFor(topic.name()).stream()
                .map(info -> new TopicPartition(info.topic(), info.partition()))
                .toList();
        consumer.assign(partitions);
        consumer.seekToBeginning(partitions);
    }

    /**
     * Reads on to where the topic ends now.
     *
     * @throws TimeoutException if the brokers do not give it in time: a part must not be taken for the whole
     */
    public void catchUp() {
        Map<TopicPartition, Long> ends = consumer.endOffsets(partitions);
        Instant patience = clock.instant().plus(PATIENCE);
        while (partitions.stream().anyMatch(partition -> consumer.position(partition) < ends.get(partition))) {
            if (clock.instant().isAfter(patience)) {
                throw new TimeoutException(
                        "the end of " + topic.name() + " was not reached within " + PATIENCE.toSeconds() + " s");
            }
            consumer.poll(POLL).forEach(this::take);
        }
    }

    private void take(ConsumerRecord<String, byte[]> message) {
        try {
            if (message.value() != null) {
                each.accept(values.deserialize(message.topic(), message.value()));
            }
        } catch (SerializationException e) {
            LOG.atWarn()
                    .addKeyValue("topic", message.topic())
                    .addKeyValue("partition", message.partition())
                    .addKeyValue("offset", message.offset())
                    .log("a record cannot be read and is left out: {}", e.getMessage());
        }
    }

    @Override
    public void close() {
        consumer.close();
    }
}
