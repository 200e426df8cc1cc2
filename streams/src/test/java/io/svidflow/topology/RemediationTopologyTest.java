package io.svidflow.topology;

import static io.svidflow.scene.Scene.CLUSTER;
import static io.svidflow.scene.Scene.at;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.svidflow.event.AgentSynchronised;
import io.svidflow.event.Clocks;
import io.svidflow.event.ControlKind;
import io.svidflow.event.IdentityState;
import io.svidflow.event.Link;
import io.svidflow.event.NodeTransition;
import io.svidflow.event.PodIdentityEvent;
import io.svidflow.event.PodTransition;
import io.svidflow.event.ProofGrade;
import io.svidflow.event.Remediation;
import io.svidflow.event.RemediationAction;
import io.svidflow.event.RemediationCommand;
import io.svidflow.event.RemediationControl;
import io.svidflow.event.RemediationOutcome;
import io.svidflow.event.RemediationRefusal;
import io.svidflow.event.RemediationResult;
import io.svidflow.event.RemediationRun;
import io.svidflow.event.RemediationState;
import io.svidflow.event.ServerSignal;
import io.svidflow.event.ServerSignalKind;
import io.svidflow.remediation.Ladder;
import io.svidflow.remediation.Limits;
import io.svidflow.remediation.Modes;
import io.svidflow.remediation.Policy;
import io.svidflow.scene.Bodies;
import io.svidflow.scene.Scene;
import io.svidflow.serde.EventSerdes;
import io.svidflow.signing.CommandSigner;
import io.svidflow.signing.CommandVerifier;
import io.svidflow.topic.Topic;
import io.svidflow.topic.Topics;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.streams.TopologyTestDriver;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Stage 2 with an operator and an actor: an agent in a long back-off, on the topics that everybody reads. */
class RemediationTopologyTest {

    private final EventSerdes serdes = new EventSerdes(Map.of("schema.registry.url", "mock://remediation"));
    private final KeyPair keys = keys();
    private final List<RemediationCommand> commands = new ArrayList<>();
    private final List<Remediation> remediations = new ArrayList<>();
    private final List<RemediationRefusal> refusals = new ArrayList<>();
    private TopologyTestDriver driver;

    @TempDir
    private Path stateDir;

    @BeforeEach
    void start() {
        CommandSigner signer = new CommandSigner("decider-1", keys.getPrivate());
        Policy policy =
                new Policy(RemediationRun.LIVE, Modes.OBSERVING, Limits.defaults(), Policy.PROTECTED, true, List.of());
        IncidentTopology.Settings settings = new IncidentTopology.Settings(
                IncidentTopology.Settings.defaults().backoff(), Duration.ofSeconds(15), "observe", true);
        driver = new TopologyTestDriver(
                new IncidentTopology(settings, policy, signer, serdes).get(),
                StreamsSettings.properties("remediation", stateDir.toString(), Map.of()),
                at(0));
    }

    @AfterEach
    void stop() {
        driver.close();
    }

    @Test
    void shouldActOnceOnWhatAnOperatorAllowedAndProveThatItHelped() {
        wish(1, wish(ControlKind.INIT_BUDGET).setBudgets(Policy.USUAL_GRANTS));
        wish(2, wish(ControlKind.SET_MODE).setMode("act").setCause("AGENT_SYNC_BACKOFF"));
        play(290, 380);

        RemediationCommand command = changes().get(0);
        assertThat(changes()).hasSize(1);
        assertThat(command.getAction()).isEqualTo(RemediationAction.RESTART_AGENT);
        assertThat(command.getIssuedAt()).isBetween(at(350), at(360));
        assertThat(new CommandVerifier(Map.of("decider-1", keys.getPublic())).problem(command))
                .isEmpty();

        answer(command, 381);
        conclude(395, pod(IdentityState.RECOVERED, null, ProofGrade.FETCHED));
        advance(400);

        assertThat(last(command).getState()).isEqualTo(RemediationState.SUCCEEDED);
        assertThat(last(command).getProof()).isEqualTo(ProofGrade.FETCHED);
        assertThat(last(command).getSavedSeconds()).isPositive();
    }

    @Test
    void shouldActOnNothingByDefault() {
        wish(1, wish(ControlKind.INIT_BUDGET).setBudgets(Policy.USUAL_GRANTS));
        play(290, 420);

        assertThat(changes()).isEmpty();
        assertThat(refusals).isNotEmpty().allSatisfy(refusal -> assertThat(
                        refusal.getRefusal().getGuard())
                .isEqualTo("G1 mode"));
    }

    @Test
    void shouldActOnNothingWithoutABudget() {
        wish(2, wish(ControlKind.SET_MODE).setMode("act").setCause("AGENT_SYNC_BACKOFF"));
        play(290, 380);

        assertThat(changes()).isEmpty();
        assertThat(refusals).last().satisfies(refusal -> assertThat(
                        refusal.getRefusal().getGuard())
                .isEqualTo("G10 retry-budget"));
    }

    @Test
    void shouldPlanNothingWhileItCatchesUp() {
        wish(1, wish(ControlKind.INIT_BUDGET).setBudgets(Policy.USUAL_GRANTS));
        wish(2, wish(ControlKind.SET_MODE).setMode("act").setCause("AGENT_SYNC_BACKOFF"));
        driver.advanceWallClockTime(Duration.ofHours(1));
        play(290, 380);

        assertThat(changes()).isEmpty();
        assertThat(refusals).last().satisfies(refusal -> assertThat(
                        refusal.getRefusal().getGuard())
                .isEqualTo("G8 fresh-facts"));
    }

    @Test
    void shouldNotRunWithAPolicyThatDoesNotFitItsKey() {
        Policy signs =
                new Policy(RemediationRun.LIVE, Modes.OBSERVING, Limits.defaults(), Policy.PROTECTED, true, List.of());

        assertThatThrownBy(() -> new IncidentTopology(IncidentTopology.Settings.defaults(), signs, null, serdes))
                .hasMessageContaining("key");
    }

    /** Four agents are well; that of node-1 has failed for long, and the server answers again from second 290 on. */
    private void play(int from, int until) {
        for (int node = 2; node <= 5; node++) {
            conclude(10, node("node-" + node).build());
        }
        conclude(
                20,
                node("node-1")
                        .setSyncFailingSince(at(10))
                        .setSyncAttempts(12)
                        .setLastSyncAttempt(at(300))
                        .setLastSyncError("connection refused")
                        .build());
        for (int second = from; second <= until; second += 5) {
            server(second);
            conclude(second, new AgentSynchronised("node-2", at(second)));
            if (second == 320) {
                conclude(320, pod(IdentityState.STUCK, Link.SYNCHRONISED, null));
            }
            advance(second);
        }
    }

    private static NodeTransition.Builder node(String name) {
        return NodeTransition.newBuilder()
                .setNode(name)
                .setNodeUid("uid-" + name)
                .setBootId("boot-" + name)
                .setReady(true)
                .setRebooted(false)
                .setBanned(false)
                .setAgentPod("spire/agent-" + name)
                .setAgentPodUid("uid-agent-" + name)
                .setAgentReady(true)
                .setAgentRunning(true)
                .setAgentStartedAt(at(0))
                .setAgentId(Bodies.AGENT_ID + name)
                .setAgentCanReattest(true)
                .setSyncAttempts(0)
                .setEvidence(List.of());
    }

    private static PodTransition pod(IdentityState state, Link missing, ProofGrade proof) {
        return PodTransition.newBuilder()
                .setPodUid("p")
                .setNamespace("app")
                .setPod("p")
                .setNode("node-1")
                .setOwner("ReplicaSet/web")
                .setState(state)
                .setSince(at(290))
                .setExpectedBy("rule")
                .setRules(List.of(Bodies.RULE))
                .setFirstMissing(missing)
                .setProven(List.of())
                .setProof(proof)
                .setClocks(new Clocks(at(280), at(285), null, null))
                .setEvidence(List.of())
                .setSources(List.of("agent-log"))
                .build();
    }

    private void conclude(double second, SpecificRecord body) {
        PodIdentityEvent event = PodIdentityEvent.newBuilder()
                .setId(body.getClass().getSimpleName() + second + body.hashCode())
                .setAt(at(second))
                .setCluster(CLUSTER)
                .setPartition(0)
                .setSequence(0)
                .setBody(body)
                .build();
        pipe(Topics.POD_IDENTITY, second, event);
    }

    private void server(double second) {
        pipe(Topics.SERVER_EVENTS, second, (io.svidflow.event.ServerEvent) Scene.fact(
                null,
                second,
                ServerSignal.newBuilder()
                        .setKind(ServerSignalKind.DATASTORE_ANSWERED)
                        .setMethod("ListEntries")
                        .build()));
    }

    private void advance(double second) {
        driver.advanceWallClockTime(Duration.ofSeconds(5));
        pipe(Topics.POD_IDENTITY, second, Announcement.progress(CLUSTER, at(second), 1));
    }

    private void answer(RemediationCommand command, double second) {
        pipe(
                Topics.REMEDIATION_RESULTS,
                second,
                RemediationResult.newBuilder()
                        .setCommandId(command.getId())
                        .setCluster(CLUSTER)
                        .setOutcome(RemediationOutcome.EXECUTED)
                        .setAction(command.getAction())
                        .setAt(at(second))
                        .setExecutedAt(at(second))
                        .setActor("actor")
                        .setDetail("deleted")
                        .build());
    }

    private static RemediationControl.Builder wish(ControlKind kind) {
        return RemediationControl.newBuilder()
                .setId("wish-" + kind)
                .setCluster(CLUSTER)
                .setAt(at(1))
                .setOperator("ada")
                .setReason("because")
                .setKind(kind);
    }

    private void wish(double second, RemediationControl.Builder wish) {
        pipe(Topics.REMEDIATION_CONTROL, second, wish.build());
    }

    private <V extends SpecificRecord> void pipe(Topic<V> topic, double second, V value) {
        driver.createInputTopic(
                        topic.name(),
                        Serdes.String().serializer(),
                        serdes.forTopic(topic).serializer())
                .pipeInput(CLUSTER, value, at(second));
        commands.addAll(read(Topics.REMEDIATION_COMMANDS));
        remediations.addAll(read(Topics.REMEDIATIONS));
        refusals.addAll(read(Topics.REMEDIATION_REFUSALS));
    }

    private <V extends SpecificRecord> List<V> read(Topic<V> topic) {
        return driver.createOutputTopic(
                        topic.name(),
                        Serdes.String().deserializer(),
                        serdes.forTopic(topic).deserializer())
                .readValuesToList();
    }

    private List<RemediationCommand> changes() {
        return commands.stream()
                .filter(command -> Ladder.mutates(command.getAction()))
                .toList();
    }

    private Remediation last(RemediationCommand command) {
        return remediations.stream()
                .filter(remediation -> remediation.getCommandId().equals(command.getId()))
                .reduce((a, b) -> b)
                .orElseThrow();
    }

    private static KeyPair keys() {
        try {
            return KeyPairGenerator.getInstance("Ed25519").generateKeyPair();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }
}
