package io.svidflow.cli.operate;

import io.svidflow.cli.replay.Conclusions;
import io.svidflow.cli.run.Installation;
import io.svidflow.event.RemediationControl;
import io.svidflow.serde.EventSerdes;
import io.svidflow.topic.Topic;
import io.svidflow.topic.TopicTail;
import io.svidflow.topic.Topics;
import java.time.Clock;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.function.Consumer;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.serialization.Deserializer;
import org.apache.kafka.common.serialization.StringSerializer;

/** The operator's desk: sends wishes, and reads what remediation has done so far. */
public final class Desk {

    private final Installation installation;
    private final EventSerdes serdes;

    public Desk(Installation installation) {
        this.installation = installation;
        this.serdes = new EventSerdes(installation.settings());
    }

    /**
     * Sends a wish, and waits until the brokers have it.
     *
     * @throws KafkaException if they do not take it
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
            throw new KafkaException("the wish was not taken", e.getCause());
        }
    }

    /**
     * What remediation has done up to now, and what operators wanted of it.
     *
     * @throws KafkaException if the brokers do not give all of it
     */
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
        Deserializer<V> values = serdes.forTopic(topic).deserializer();
        try (TopicTail<V> tail = new TopicTail<>(installation.settings(), topic, values, each, Clock.systemUTC())) {
            tail.catchUp();
        }
    }
}
