package io.svidflow.resync.journal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.svidflow.embedded.EmbeddedKafka;
import io.svidflow.embedded.SmallRegistry;
import io.svidflow.event.DeadLetter;
import io.svidflow.event.RemediationEvidence;
import io.svidflow.event.RemediationOutcome;
import io.svidflow.event.RemediationResult;
import io.svidflow.resync.kubernetes.KubernetesCluster;
import io.svidflow.resync.kubernetes.SampleCluster;
import io.svidflow.resync.kubernetes.SmallKubernetes;
import io.svidflow.resync.kubernetes.SmallKubernetes.Fault;
import io.svidflow.signing.CommandVerifier;
import io.svidflow.topic.Topics;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Slow for what it does: it kills processes, one for each point. */
@Timeout(180)
class ActorOnABrokerTest {

    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final EmbeddedKafka KAFKA = new EmbeddedKafka();
    private static SmallRegistry registry;
    private static Map<String, Object> settings;

    @TempDir
    private Path folder;

    private final SmallKubernetes kubernetes = SampleCluster.fill(new SmallKubernetes());
    private Path trusted;
    private Sent sent;

    @BeforeAll
    static void start() throws IOException {
        registry = new SmallRegistry();
        KAFKA.start();
        KAFKA.createTopics(Topics.ALL, topic -> topic.equals(Topics.REMEDIATION_COMMANDS) ? 3 : 1);
        settings = ForkedActor.settings(KAFKA.bootstrapServers(), registry.url());
    }

    @AfterAll
    static void stop() {
        KAFKA.close();
        registry.close();
    }

    @BeforeEach
    void trust() throws Exception {
        trusted = Files.createDirectory(folder.resolve("trusted"));
        sent = new Sent(settings, trusted);
    }

    @AfterEach
    void closeAll() {
        sent.close();
        kubernetes.close();
    }

    @Test
    void shouldCarryOutAndPutAsideWhatIsNoCommand() throws Exception {
        String cluster = "plain";
        try (Running ignored = act(cluster)) {
            awaitSomebodyListens(cluster);
            sent.send("plain/node-1", "no command".getBytes(StandardCharsets.UTF_8));
            sent.restartAgent(cluster);
            awaitOutcome(cluster, RemediationOutcome.EXECUTED);
        }

        assertThat(kubernetes.done()).containsExactly("DELETE agent-on-node-1");
        assertThat(sent.results(cluster, "command-1"))
                .extracting(RemediationResult::getOutcome)
                .containsExactly(RemediationOutcome.ACCEPTED, RemediationOutcome.EXECUTED);
        assertThat(sent.read(Topics.REMEDIATION_EVIDENCE))
                .filteredOn(piece -> piece.getCluster().equals(cluster))
                .extracting(RemediationEvidence::getKind)
                .contains("agent-log", "agent-state", "entry", "pod");
        assertThat(sent.read(Topics.DEAD_LETTERS))
                .filteredOn(letter -> letter.getCluster().equals(cluster))
                .singleElement()
                .extracting(DeadLetter::getRaw)
                .isEqualTo("no command");
    }

    @ParameterizedTest
    @CsvSource({
        "BEFORE_INTENT, REFUSED, 0",
        "AFTER_INTENT, AMBIGUOUS, 0",
        "DURING_CALL, AMBIGUOUS, 1",
        "AFTER_CALL, AMBIGUOUS, 1",
        "BEFORE_RESULT, AMBIGUOUS, 1",
        "AFTER_RESULT, EXECUTED, 1",
    })
    void shouldHaveOneEffectAtMostAndKnowItOrAskAPersonWhereverItIsKilled(
            CrashPoint point, RemediationOutcome outcome, int effects) throws Exception {
        String cluster = "killed-" + point;
        Path reached = folder.resolve("reached");
        if (point == CrashPoint.DURING_CALL) {
            kubernetes.fails(Fault.DONE_AND_SILENT);
        }
        Process first = ForkedActor.start(settings, kubernetes.url(), trusted, cluster, point, reached);
        awaitSomebodyListens(cluster);
        sent.restartAgent(cluster);
        await().atMost(PATIENCE)
                .until(() ->
                        point == CrashPoint.DURING_CALL ? !kubernetes.done().isEmpty() : Files.exists(reached));
        first.destroyForcibly().waitFor();
        kubernetes.fails(Fault.NONE);
        sent.greet(cluster);
        int answers = sent.results(cluster, "greeting").size();

        try (Running ignored = act(cluster)) {
            awaitOutcome(cluster, outcome);
            await().atMost(PATIENCE)
                    .until(() -> sent.results(cluster, "greeting").size() > answers);
        }

        assertThat(kubernetes.done()).hasSize(effects);
        assertThat(sent.results(cluster, "command-1"))
                .filteredOn(result -> result.getOutcome() != RemediationOutcome.ACCEPTED)
                .extracting(RemediationResult::getOutcome)
                .containsExactly(outcome);
    }

    private void awaitSomebodyListens(String cluster) {
        await().atMost(PATIENCE).pollInterval(Duration.ofMillis(500)).until(() -> {
            sent.greet(cluster);
            return !sent.results(cluster, "greeting").isEmpty();
        });
    }

    private void awaitOutcome(String cluster, RemediationOutcome outcome) {
        await().atMost(PATIENCE).until(() -> sent.results(cluster, "command-1").stream()
                .anyMatch(result -> result.getOutcome() == outcome));
    }

    private interface Running extends AutoCloseable {
        @Override
        void close() throws InterruptedException;
    }

    private Running act(String cluster) {
        KubernetesCluster api = new KubernetesCluster(kubernetes.access(), Duration.ofSeconds(5));
        ActingAgent agent = new ActingAgent(
                settings,
                ForkedActor.who(cluster),
                CommandVerifier.from(trusted),
                api,
                command -> Sent.plane(),
                Clock.systemUTC());
        Thread thread = new Thread(
                () -> {
                    try {
                        agent.run();
                    } catch (InterruptedException e) {
                        Thread.currentThread().interrupt();
                    }
                },
                "actor");
        thread.start();
        return () -> {
            agent.stop();
            thread.join();
            api.close();
        };
    }
}
