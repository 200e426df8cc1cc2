package io.svidflow.lab;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.svidflow.cli.Svidflow;
import io.svidflow.cli.replay.Conclusions;
import io.svidflow.cli.run.Listener;
import io.svidflow.embedded.EmbeddedKafka;
import io.svidflow.event.Remediation;
import io.svidflow.event.RemediationAction;
import io.svidflow.event.RemediationCommand;
import io.svidflow.event.RemediationResult;
import io.svidflow.remediation.Ladder;
import io.svidflow.serde.EventSerdes;
import io.svidflow.signing.CommandSigner;
import io.svidflow.topic.Topics;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;

/**
 * Every part of svidflow as the verb that an operator starts, on a broker of this process: producers, streams with a key to
 * sign with, and a resync agent that may carry out one kind of action.
 */
final class ActingSvidflow implements AutoCloseable {

    private static final Duration START = Duration.ofSeconds(120);
    private static final Duration ANSWER = Duration.ofSeconds(60);

    private final EmbeddedKafka kafka = new EmbeddedKafka().start();
    private final String registry = "mock://acting-" + UUID.randomUUID();
    private final Readiness readiness = new Readiness();
    private final List<Thread> parts = new ArrayList<>();
    private final StringWriter said = new StringWriter();
    private final Path configuration;
    private final CommandSigner signer;
    private final EventSerdes serdes;
    private final KafkaProducer<String, byte[]> producer;
    private final Listener listener;

    /**
     * @param folder for configuration, keys and state
     * @param syncInterval what svidflow is told of the agents
     * @param allowed what the resync agent may carry out
     */
    ActingSvidflow(Path folder, String syncInterval, RemediationAction allowed) throws IOException {
        keys(folder);
        configuration = configuration(folder, syncInterval, allowed);
        signer = CommandSigner.from(folder.resolve("decider-1.pem"));
        run("topics", "create");
        begin("producers");
        begin("streams");
        begin("resync-agent");
        Map<String, Object> settings =
                Map.of("bootstrap.servers", kafka.bootstrapServers(), "schema.registry.url", registry);
        serdes = new EventSerdes(settings);
        producer = new KafkaProducer<>(settings, new StringSerializer(), new ByteArraySerializer());
        listener = new Listener(settings, serdes);
        await().atMost(START).until(() -> said().contains("carries out " + allowed) && said().contains("running"));
        await().atMost(START).until(readiness::reached);
    }

    /** Runs another verb to its end, with the same configuration; what it answers. */
    String run(String... words) {
        StringWriter answer = new StringWriter();
        PrintWriter out = new PrintWriter(answer);
        int exit = Svidflow.commandLine().setOut(out).setErr(out).execute(configured(words));
        assertThat(exit).as(answer.toString()).isZero();
        return answer.toString();
    }

    /** Everything concluded and done so far. */
    Conclusions conclusions() throws InterruptedException {
        listener.poll(each -> {});
        return listener.conclusions();
    }

    /** Commands so far that change something. */
    List<RemediationCommand> mutating() throws InterruptedException {
        return conclusions().commands().stream()
                .filter(command -> Ladder.mutates(command.getAction()))
                .toList();
    }

    /** Remediations so far with that action. */
    List<Remediation> remediations(RemediationAction action) throws InterruptedException {
        return conclusions().remediations().stream()
                .filter(one -> one.getAction() == action)
                .toList();
    }

    /** Sends a command past the decider, but with its key; what the resync agent answers. */
    RemediationResult order(RemediationCommand command) {
        String topic = Topics.REMEDIATION_COMMANDS.name();
        byte[] bytes = serdes.forTopic(Topics.REMEDIATION_COMMANDS).serializer().serialize(topic, signer.sign(command));
        producer.send(new ProducerRecord<>(topic, Topics.nodeKey(command.getCluster(), command.getNode()), bytes));
        producer.flush();
        return await().atMost(ANSWER)
                .until(
                        () -> conclusions().results().stream()
                                .filter(result -> result.getCommandId().equals(command.getId()))
                                .findFirst(),
                        Optional::isPresent)
                .orElseThrow();
    }

    /** What the parts have said to whoever started them. */
    String said() {
        synchronized (said.getBuffer()) {
            return said.toString();
        }
    }

    private void begin(String part) {
        Thread thread = new Thread(
                () -> Svidflow.commandLine().setErr(new PrintWriter(said, true)).execute(configured("run", part)),
                part);
        thread.start();
        parts.add(thread);
    }

    private String[] configured(String... words) {
        List<String> all = new ArrayList<>(List.of(words));
        all.addAll(List.of("--config", configuration.toString()));
        return all.toArray(String[]::new);
    }

    private Path configuration(Path folder, String syncInterval, RemediationAction allowed) throws IOException {
        Path file = Laboratory.configuration(folder);
        String observing =
                Files.readString(file).replaceAll("(?m)^http: .*$", "http: {listen: \"" + readiness.address() + "\"}");
        return Files.writeString(
                file,
                observing
                        + """
                        partitions: 3
                        agents: {sync-interval: %s}
                        kafka: {bootstrap.servers: "%s", commit.interval.ms: 100}
                        registry: {url: "%s"}
                        state: {dir: %s/state}
                        remediation: {signing-key: %s/decider-1.pem}
                        resync-agent:
                          allow: [%s]
                          trusted-keys: %s/trusted
                        """.formatted(
                                syncInterval, kafka.bootstrapServers(), registry, folder, folder, allowed, folder));
    }

    private static void keys(Path folder) throws IOException {
        try {
            KeyPair pair = KeyPairGenerator.getInstance("Ed25519").generateKeyPair();
            pem(
                    folder.resolve("decider-1.pem"),
                    "PRIVATE KEY",
                    pair.getPrivate().getEncoded());
            Path trusted = Files.createDirectory(folder.resolve("trusted"));
            pem(trusted.resolve("decider-1.pem"), "PUBLIC KEY", pair.getPublic().getEncoded());
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java from 15 on has Ed25519", e);
        }
    }

    private static void pem(Path file, String kind, byte[] content) throws IOException {
        String text = Base64.getMimeEncoder(64, "\n".getBytes(StandardCharsets.US_ASCII))
                .encodeToString(content);
        Files.writeString(file, "-----BEGIN " + kind + "-----\n" + text + "\n-----END " + kind + "-----\n");
    }

    @Override
    public void close() throws InterruptedException {
        for (Thread part : parts) {
            part.interrupt();
            part.join();
        }
        listener.close();
        producer.close();
        kafka.close();
    }
}
