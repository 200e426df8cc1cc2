package io.svidflow.cli.operate;

import io.svidflow.cli.replay.Conclusions;
import io.svidflow.cli.run.Installation;
import io.svidflow.event.RemediationControl;
import io.svidflow.serde.EventSerdes;
import io.svidflow.topic.Topic;
import io.svidflow.topic.Topics;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.function.Consumer;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.Deserializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;

/** The operator's desk: sends wishes, and reads what remediation has done so far. */
public final class Desk {

    private static final Duration POLL = Duration.ofMillis(500);
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private final Installation installation;
    private final EventSerdes serdes;

    public Desk(Installation installation) {
        this.installation = installation;
        this.serdes = new EventSerdes(installation.settings());
    }

    /**
     * Sends a wish, and waits until the brokers have it.
     *
     * @throws IllegalStateException if they do not take it
     */
    public void send(RemediationControl wish) throws InterruptedException {
        Map<String, Object> settings = new HashMap<>(installation.settings());
        settings.put("acks", "all");
        try (KafkaProducer<String, RemediationControl> producer = new KafkaProducer<>(
                settings,
                new StringSerializer(),
                serdes.forTopic(Topics.REMEDIATION_CONTROL).serializer())) {
            producer.send(new ProducerRecord<>(
                            Topics.REMEDIATION_CONTROL.name(),
                            null,
                            wish.getAt().toEpochMilli(),
                            wish.getCluster(),
                            wish))
                    .get();
        } catch (ExecutionException e) {
            throw new IllegalStateException(
                    "the brokers did not take it: " + e.getCause().getMessage(), e);
        }
    }

    /** What remediation has done up to now, and what operators wanted of it. */
    public Conclusions read(Consumer<RemediationControl> wishes) {
        Conclusions conclusions = new Conclusions();
        read(Topics.REMEDIATIONS, conclusions::add);
        read(Topics.REMEDIATION_COMMANDS, conclusions::add);
        read(Topics.REMEDIATION_RESULTS, conclusions::add);
        read(Topics.REMEDIATION_REFUSALS, conclusions::add);
        read(Topics.REMEDIATION_CONTROL, wishes);
        return conclusions;
    }

    private <V extends SpecificRecord> void read(Topic<V> topic, Consumer<V> each) {
        Map<String, Object> settings = new HashMap<>(installation.settings());
        settings.put("isolation.level", "read_committed");
        settings.put("enable.auto.commit", false);
        Deserializer<V> values = serdes.forTopic(topic).deserializer();
        try (KafkaConsumer<String, byte[]> consumer =
                new KafkaConsumer<>(settings, new StringDeserializer(), new ByteArrayDeserializer())) {
            List<TopicPartition> left = new ArrayList<>(consumer.partitionsFor(topic.name()).stream()
                    .map(info -> new TopicPartition(info.topic(), info.partition()))
                    .toList());
            consumer.assign(left);
            consumer.seekToBeginning(left);
            Map<TopicPartition, Long> ends = consumer.endOffsets(left);
            long patience = PATIENCE.dividedBy(POLL);
            while (!left.isEmpty() && patience > 0) {
                ConsumerRecords<String, byte[]> messages = consumer.poll(POLL);
                patience -= messages.isEmpty() ? 1 : 0;
                for (ConsumerRecord<String, byte[]> message : messages) {
                    if (message.value() != null) {
                        each.accept(values.deserialize(message.topic(), message.value()));
                    }
                }
                left.removeIf(partition -> consumer.position(partition) >= ends.get(partition));
            }
        }
    }
}
