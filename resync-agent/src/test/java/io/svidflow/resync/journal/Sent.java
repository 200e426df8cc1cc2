package io.svidflow.resync.journal;

import io.svidflow.event.RemediationAction;
import io.svidflow.event.RemediationCommand;
import io.svidflow.event.RemediationResult;
import io.svidflow.resync.actor.SampleCommands;
import io.svidflow.resync.scene.Plane;
import io.svidflow.resync.scene.SeenAgent;
import io.svidflow.resync.scene.SeenEntry;
import io.svidflow.serde.EventSerdes;
import io.svidflow.signing.CommandSigner;
import io.svidflow.topic.Topic;
import io.svidflow.topic.Topics;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.Deserializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;

/** The decider's side of a test: sends signed commands, and reads what actors wrote. */
final class Sent implements AutoCloseable {

    private final Map<String, Object> settings;
    private final EventSerdes serdes;
    private final KafkaProducer<String, byte[]> producer;
    private final CommandSigner signer;

    /** @param trusted folder that the public key is written to */
    Sent(Map<String, Object> settings, Path trusted) throws IOException, GeneralSecurityException {
        this.settings = settings;
        this.serdes = new EventSerdes(settings);
        this.producer = new KafkaProducer<>(settings, new StringSerializer(), new ByteArraySerializer());
        KeyPair keys = KeyPairGenerator.getInstance("Ed25519").generateKeyPair();
        String pem = Base64.getMimeEncoder().encodeToString(keys.getPublic().getEncoded());
        Files.writeString(
                trusted.resolve("decider-1.pem"),
                "-----BEGIN PUBLIC KEY-----\n" + pem + "\n-----END PUBLIC KEY-----\n");
        this.signer = new CommandSigner("decider-1", keys.getPrivate());
    }

    static Plane plane() {
        return new Plane(
                Optional.empty(),
                Optional.of(new SeenAgent(SampleCommands.AGENT_ID, false, true, "agent")),
                Optional.of(new SeenEntry("entry-1", 7, "entry")));
    }

    /** A command that changes something. */
    void restartAgent(String cluster) throws InterruptedException {
        send(signer.sign(SampleCommands.restartAgent(now()).setCluster(cluster).build()));
    }

    /** A command that changes nothing; its answer tells that somebody listens. */
    void greet(String cluster) throws InterruptedException {
        send(SampleCommands.command(RemediationAction.WAIT, "AGENT_SYNC_BACKOFF", now())
                .setId("greeting")
                .setCluster(cluster)
                .build());
    }

    private void send(RemediationCommand command) throws InterruptedException {
        byte[] bytes = serdes.forTopic(Topics.REMEDIATION_COMMANDS)
                .serializer()
                .serialize(Topics.REMEDIATION_COMMANDS.name(), command);
        send(Topics.nodeKey(command.getCluster(), command.getNode()), bytes);
    }

    void send(String key, byte[] bytes) throws InterruptedException {
        try {
            producer.send(new ProducerRecord<>(Topics.REMEDIATION_COMMANDS.name(), key, bytes))
                    .get();
        } catch (ExecutionException e) {
            throw new AssertionError(e);
        }
    }

    List<RemediationResult> results(String cluster, String commandId) {
        return read(Topics.REMEDIATION_RESULTS).stream()
                .filter(result -> result.getCluster().equals(cluster))
                .filter(result -> result.getCommandId().equals(commandId))
                .toList();
    }

    <V extends SpecificRecord> List<V> read(Topic<V> topic) {
        Map<String, Object> own = new HashMap<>(settings);
        own.put("isolation.level", "read_committed");
        Deserializer<V> values = serdes.forTopic(topic).deserializer();
        try (KafkaConsumer<String, V> consumer = new KafkaConsumer<>(own, new StringDeserializer(), values)) {
            List<TopicPartition> partitions = consumer.partitionsFor(topic.name()).stream()
                    .map(info -> new TopicPartition(info.topic(), info.partition()))
                    .toList();
            consumer.assign(partitions);
            consumer.seekToBeginning(partitions);
            Map<TopicPartition, Long> ends = consumer.endOffsets(partitions);
            List<V> all = new ArrayList<>();
            while (partitions.stream().anyMatch(partition -> consumer.position(partition) < ends.get(partition))) {
                for (ConsumerRecord<String, V> message : consumer.poll(Duration.ofMillis(100))) {
                    all.add(message.value());
                }
            }
            return all;
        }
    }

    private static Instant now() {
        return Clock.systemUTC().instant().truncatedTo(ChronoUnit.MICROS);
    }

    @Override
    public void close() {
        producer.close();
    }
}
