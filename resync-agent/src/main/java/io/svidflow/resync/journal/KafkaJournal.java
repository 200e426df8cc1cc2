package io.svidflow.resync.journal;

import io.svidflow.event.RemediationEvidence;
import io.svidflow.event.RemediationIntent;
import io.svidflow.event.RemediationResult;
import io.svidflow.resync.actor.Delivery;
import io.svidflow.resync.actor.EvidenceBag;
import io.svidflow.resync.actor.Intents;
import io.svidflow.resync.actor.Journal;
import io.svidflow.serde.EventSerdes;
import io.svidflow.topic.Topic;
import io.svidflow.topic.Topics;
import java.io.Closeable;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.clients.consumer.ConsumerGroupMetadata;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.Serializer;
import org.apache.kafka.common.serialization.StringSerializer;

/**
 * Writes in transactions, each with the position in the commands. An actor that has lost its partitions to another one
 * cannot write any more: its group's generation is over, and therefore it cannot begin anything either.
 */
final class KafkaJournal implements Journal, Closeable {

    /** A transaction is a handful of records; one that is left behind must not hold up its readers for long. */
    private static final int TRANSACTION_MILLIS = 15_000;

    private final KafkaProducer<String, byte[]> producer;
    private final Supplier<ConsumerGroupMetadata> group;
    private final Map<Topic<?>, Serializer<?>> serializers = new HashMap<>();
    private final EventSerdes serdes;

    /**
     * @param name of the actor; an earlier process of that name is kept from writing
     * @param group what the consumer of the commands is in its group now
     */
    KafkaJournal(Map<String, Object> settings, String name, EventSerdes serdes, Supplier<ConsumerGroupMetadata> group) {
        Map<String, Object> own = new HashMap<>(settings);
        own.put("transactional.id", name);
        own.put("transaction.timeout.ms", TRANSACTION_MILLIS);
        own.put("delivery.timeout.ms", TRANSACTION_MILLIS);
        own.put("request.timeout.ms", TRANSACTION_MILLIS / 3);
        own.put("linger.ms", 0);
        this.serdes = serdes;
        this.group = group;
        this.producer = new KafkaProducer<>(own, new StringSerializer(), new ByteArraySerializer());
        producer.initTransactions();
    }

    @Override
    public void answered(Delivery delivery, RemediationResult result) {
        commit(delivery, List.of(record(Topics.REMEDIATION_RESULTS, result.getCluster(), result)));
    }

    @Override
    public void intends(
            Delivery delivery,
            RemediationIntent intent,
            List<RemediationEvidence> evidence,
            RemediationResult accepted) {
        List<ProducerRecord<String, byte[]>> records = new ArrayList<>();
        evidence.forEach(piece -> records.add(record(Topics.REMEDIATION_EVIDENCE, EvidenceBag.key(piece), piece)));
        records.add(record(Topics.REMEDIATION_INTENTS, Intents.key(intent), intent));
        records.add(record(Topics.REMEDIATION_RESULTS, accepted.getCluster(), accepted));
        commit(delivery, records);
    }

    @Override
    public void ended(Delivery delivery, RemediationIntent intent) {
        commit(delivery, end(intent));
    }

    @Override
    public void orphaned(RemediationIntent intent) {
        commit(Map.of(), end(intent));
    }

    @Override
    public void skipped(Delivery delivery) {
        commit(delivery, List.of());
    }

    /** What is no command is put aside. */
    void undecipherable(int partition, long offset, List<ProducerRecord<String, byte[]>> deadLetters) {
        commit(position(partition, offset), deadLetters);
    }

    <V extends SpecificRecord> ProducerRecord<String, byte[]> record(Topic<V> topic, String key, V value) {
        @SuppressWarnings("unchecked") // each topic's own
        Serializer<V> serializer = (Serializer<V>)
                serializers.computeIfAbsent(topic, any -> serdes.forTopic(topic).serializer());
        return new ProducerRecord<>(topic.name(), key, serializer.serialize(topic.name(), value));
    }

    private List<ProducerRecord<String, byte[]>> end(RemediationIntent intent) {
        return List.of(
                record(Topics.REMEDIATION_INTENTS, Intents.key(intent), intent),
                record(Topics.REMEDIATION_RESULTS, intent.getCluster(), intent.getResult()));
    }

    private void commit(Delivery delivery, List<ProducerRecord<String, byte[]>> records) {
        commit(position(delivery.partition(), delivery.offset()), records);
    }

    private static Map<TopicPartition, OffsetAndMetadata> position(int partition, long offset) {
        TopicPartition commands = new TopicPartition(Topics.REMEDIATION_COMMANDS.name(), partition);
        return Map.of(commands, new OffsetAndMetadata(offset + 1));
    }

    private void commit(Map<TopicPartition, OffsetAndMetadata> position, List<ProducerRecord<String, byte[]>> records) {
        producer.beginTransaction();
        try {
            records.forEach(producer::send);
            producer.sendOffsetsToTransaction(position, group.get());
            producer.commitTransaction();
        } catch (KafkaException e) {
            abort();
            throw e;
        }
    }

    private void abort() {
        try {
            producer.abortTransaction();
        } catch (KafkaException e) {
            // whoever takes the name over, or time, ends the transaction
        }
    }

    @Override
    public void close() {
        producer.close(Duration.ofSeconds(5));
    }
}
