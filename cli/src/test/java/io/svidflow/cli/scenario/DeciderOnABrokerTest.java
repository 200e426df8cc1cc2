package io.svidflow.cli.scenario;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.svidflow.cli.replay.Conclusions;
import io.svidflow.cli.replay.Verdicts;
import io.svidflow.cli.run.Listener;
import io.svidflow.cli.run.TopicSetup;
import io.svidflow.embedded.EmbeddedKafka;
import io.svidflow.embedded.SmallRegistry;
import io.svidflow.event.RemediationAction;
import io.svidflow.event.RemediationCommand;
import io.svidflow.producer.bundle.BundleReader;
import io.svidflow.producer.bundle.IncidentBundle;
import io.svidflow.producer.publish.KafkaPublisher;
import io.svidflow.producer.publish.Pacing;
import io.svidflow.serde.EventSerdes;
import io.svidflow.topology.IdentityTopology;
import io.svidflow.topology.IncidentTopology;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * A decider that is killed while it plans to change something, and another that goes on from what is in Kafka: the command
 * is there once, and everything else is as if nobody had been killed.
 */
@Tag("broker")
@Timeout(180)
class DeciderOnABrokerTest {

    private static final Duration PATIENCE = Duration.ofSeconds(90);
    private static final String RECORDING = "parent-cluster-1122";

    private static IncidentBundle bundle;
    private static Conclusions rehearsed;

    private final EmbeddedKafka kafka = new EmbeddedKafka();
    private SmallRegistry registry;
    private Map<String, Object> settings;
    private EventSerdes serdes;

    @TempDir
    private Path temporary;

    @BeforeAll
    static void rehearse(@TempDir Path unpacked) throws IOException {
        bundle = new BundleReader().read(BundleCopies.unpack(new Recordings().path(RECORDING), unpacked));
        rehearsed = Verdicts.rehearse(bundle);
        assertThat(rehearsed.commands())
                .extracting(RemediationCommand::getAction)
                .contains(RemediationAction.POKE_REGISTRAR);
    }

    @BeforeEach
    void conclude() throws IOException, InterruptedException {
        kafka.start();
        registry = new SmallRegistry();
        settings = ForkedDecider.settings(kafka.bootstrapServers(), registry.url());
        serdes = new EventSerdes(settings);
        TopicSetup.create(settings, 1);
        Clock stopped = Clock.fixed(Clock.systemUTC().instant(), ZoneOffset.UTC);
        try (KafkaPublisher publisher =
                new KafkaPublisher(Map.of("bootstrap.servers", kafka.bootstrapServers()), serdes, stopped)) {
            publisher.publish(bundle.publications(), Pacing.fastest());
        }
    }

    @AfterEach
    void end() {
        registry.close();
        kafka.close();
    }

    @ParameterizedTest
    @EnumSource
    void shouldPlanOnceWhereverItIsKilled(DeciderCrashPoint point) throws IOException, InterruptedException {
        Path reached = temporary.resolve("reached");
        Path state = temporary.resolve("incident");
        try (LiveStage identity = new LiveStage(
                "svidflow-identity",
                new IdentityTopology(IdentityTopology.Settings.defaults(1), serdes).get(),
                temporary.resolve("identity"),
                settings)) {
            identity.start();
            Process first = ForkedDecider.start(settings, state, point, reached);
            await().atMost(PATIENCE).until(() -> Files.exists(reached));
            first.destroyForcibly().waitFor();

            try (LiveStage incident =
                    new LiveStage("svidflow-incident", ForkedDecider.topology(serdes), state, settings)) {
                incident.start();
                String settled = bundle.manifest().cluster() + "\nsettled";
                await().atMost(PATIENCE).until(() -> incident.instant(IncidentTopology.INSTANT_STORE, settled)
                        .filter(at -> !at.isBefore(bundle.manifest().end()))
                        .isPresent());
            }
        }

        List<RemediationCommand> sent = new ArrayList<>();
        Conclusions concluded = read(sent);
        assertThat(sent).containsExactlyInAnyOrderElementsOf(rehearsed.commands());
        assertThat(concluded.remediations()).containsExactlyInAnyOrderElementsOf(rehearsed.remediations());
    }

    /** What a consumer reads, once nothing new has come for a while. */
    private Conclusions read(List<RemediationCommand> sent) throws InterruptedException {
        try (Listener listener = new Listener(
                Map.of("bootstrap.servers", kafka.bootstrapServers(), "schema.registry.url", registry.url()), serdes)) {
            int[] quiet = {0};
            while (quiet[0] < 10) {
                quiet[0]++;
                listener.poll(value -> {
                    quiet[0] = 0;
                    if (value instanceof RemediationCommand command) {
                        sent.add(command);
                    }
                });
            }
            return listener.conclusions();
        }
    }
}
