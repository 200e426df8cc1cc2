package io.svidflow.cli.run;

import io.svidflow.cli.replay.Conclusions;
import io.svidflow.event.Finding;
import io.svidflow.event.Incident;
import io.svidflow.event.Remediation;
import io.svidflow.event.RemediationCommand;
import io.svidflow.event.RemediationResult;
import io.svidflow.serde.EventSerdes;
import io.svidflow.topic.Topic;
import io.svidflow.topic.Topics;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.InterruptException;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.Deserializer;
import org.apache.kafka.common.serialization.StringDeserializer;

/** Reads what svidflow concludes from Kafka, committed records only, as any consumer would. */
public final class Listener implements AutoCloseable {

    private static final List<Topic<? extends SpecificRecord>> TOPICS = List.of(
            Topics.FINDINGS,
            Topics.INCIDENTS,
            Topics.REMEDIATION_COMMANDS,
            Topics.REMEDIATION_RESULTS,
            Topics.REMEDIATIONS);

    private final KafkaConsumer<String, byte[]> consumer;
    private final Map<String, Deserializer<? extends SpecificRecord>> values = new HashMap<>();
    private final Conclusions conclusions = new Conclusions();

    public Listener(Map<String, Object> settings, EventSerdes serdes) {
        Map<String, Object> all = new HashMap<>(settings);
        all.put("isolation.level", "read_committed");
        all.put("auto.offset.reset", "earliest");
        all.put("enable.auto.commit", false);
        consumer = new KafkaConsumer<>(all, new StringDeserializer(), new ByteArrayDeserializer());
        TOPICS.forEach(topic -> values.put(topic.name(), serdes.forTopic(topic).deserializer()));
        List<TopicPartition> partitions = TOPICS.stream()
                .flatMap(topic -> consumer.partitionsFor(topic.name()).stream())
                .map(info -> new TopicPartition(info.topic(), info.partition()))
                .toList();
        consumer.assign(partitions);
        consumer.seekToBeginning(partitions);
    }

    /**
     * Reads what there is, waiting for a moment if there is nothing.
     *
     * @throws InterruptedException if the thread is asked to stop
     */
    public void poll(Consumer<SpecificRecord> each) throws InterruptedException {
        for (ConsumerRecord<String, byte[]> message : records()) {
            SpecificRecord value = values.get(message.topic()).deserialize(message.topic(), message.value());
            keep(value);
            each.accept(value);
        }
    }

    private ConsumerRecords<String, byte[]> records() throws InterruptedException {
        try {
            return consumer.poll(Duration.ofMillis(200));
        } catch (InterruptException e) {
            Thread.interrupted();
            throw new InterruptedException("asked to stop");
        }
    }

    private void keep(SpecificRecord value) {
        if (value instanceof Finding finding) {
            conclusions.add(finding);
        } else if (value instanceof Incident incident) {
            conclusions.add(incident);
        } else if (value instanceof RemediationCommand command) {
            conclusions.add(command);
        } else if (value instanceof Remediation remediation) {
            conclusions.add(remediation);
        } else if (value instanceof RemediationResult result) {
            conclusions.add(result);
        }
    }

    /** Everything read so far, latest revisions. */
    public Conclusions conclusions() {
        return conclusions;
    }

    @Override
    public void close() {
        consumer.close();
    }
}
