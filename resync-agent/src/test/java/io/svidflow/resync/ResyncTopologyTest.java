package io.svidflow.resync;

import static io.svidflow.resync.SampleEvents.NODE_KEY;
import static org.assertj.core.api.Assertions.assertThat;

import io.svidflow.event.NodeEvent;
import io.svidflow.event.PodEvent;
import io.svidflow.event.PodRole;
import io.svidflow.event.RemediationAction;
import io.svidflow.event.RemediationCommand;
import io.svidflow.event.RemediationOutcome;
import io.svidflow.event.RemediationResult;
import io.svidflow.serde.EventSerdes;
import io.svidflow.topic.Topic;
import io.svidflow.topic.Topics;
import io.svidflow.topology.StreamsSettings;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.apache.kafka.streams.KeyValue;
import org.apache.kafka.streams.TestInputTopic;
import org.apache.kafka.streams.TestOutputTopic;
import org.apache.kafka.streams.Topology;
import org.apache.kafka.streams.TopologyTestDriver;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ResyncTopologyTest {

    private static final Instant ISSUED = Instant.parse("2025-02-06T00:26:00Z");

    /**
     * The driver has one record at a time, so there is no other topic to wait for; and it forgets what a transaction
     * holds when a record ends as a dead letter before it is processed.
     */
    private static final Map<String, String> FOR_THE_DRIVER =
            Map.of("max.task.idle.ms", "0", "processing.guarantee", "at_least_once");

    private final EventSerdes serdes = new EventSerdes(Map.of("schema.registry.url", "mock://resync"));
    private final Topology topology = new ResyncTopology(new ResyncTopology.Settings("tester", true), serdes).get();

    @TempDir
    private Path stateDir;

    private TopologyTestDriver driver;
    private TestInputTopic<String, NodeEvent> nodes;
    private TestInputTopic<String, PodEvent> pods;
    private TestInputTopic<String, RemediationCommand> commands;
    private TestOutputTopic<String, RemediationResult> results;

    @BeforeEach
    void start() {
        driver = new TopologyTestDriver(
                topology,
                StreamsSettings.properties("svidflow-resync-agent", stateDir.toString(), FOR_THE_DRIVER),
                Instant.EPOCH);
        nodes = input(Topics.NODE_EVENTS);
        pods = input(Topics.POD_EVENTS);
        commands = input(Topics.REMEDIATION_COMMANDS);
        results = driver.createOutputTopic(
                Topics.REMEDIATION_RESULTS.name(),
                new StringDeserializer(),
                serdes.forTopic(Topics.REMEDIATION_RESULTS).deserializer());
    }

    @AfterEach
    void stop() {
        driver.close();
    }

    @Test
    void shouldAnswerWithTheClusterAsKeyAndItsOwnTime() {
        seeEverything();
        known(ISSUED.plusSeconds(2));

        send(SampleEvents.waitForCart(ISSUED).build());

        assertThat(results.readKeyValuesToList())
                .containsExactly(KeyValue.pair(
                        "prod",
                        RemediationResult.newBuilder()
                                .setCommandId("command-1")
                                .setCluster("prod")
                                .setOutcome(RemediationOutcome.OBSERVED)
                                .setAt(ISSUED.plusSeconds(2))
                                .setActor("tester")
                                .setDetail("pod shop/cart with UID uid-1 is as the command says; WAIT changes nothing")
                                .build()));
    }

    @Test
    void shouldWaitUntilItsViewIsAsNewAsTheDecision() {
        seeEverything();
        known(ISSUED.minusSeconds(1));
        send(SampleEvents.waitForCart(ISSUED).build());
        nodes.pipeInput("prod", SampleEvents.nodesKnown(ISSUED));
        assertThat(results.isEmpty()).as("pods are not known that far yet").isTrue();

        pods.pipeInput("prod", SampleEvents.podsKnown(ISSUED));

        assertThat(outcomes()).containsExactly(RemediationOutcome.OBSERVED);
    }

    @Test
    void shouldObserveAPodWhoseFactComesAfterTheCommand() {
        send(SampleEvents.waitForCart(ISSUED).build());
        seeEverything();
        assertThat(results.isEmpty()).isTrue();

        known(ISSUED);

        assertThat(outcomes()).containsExactly(RemediationOutcome.OBSERVED);
    }

    @Test
    void shouldRefuseAPodThatWasDeleted() {
        seeEverything();
        pods.pipeInput(NODE_KEY, SampleEvents.pod("uid-1", "cart", PodRole.WORKLOAD, true, ISSUED));
        known(ISSUED);

        send(SampleEvents.waitForCart(ISSUED).build());

        assertThat(outcomes()).containsExactly(RemediationOutcome.TARGET_GONE);
    }

    @Test
    void shouldRefuseANameThatAnotherPodHasTaken() {
        seeEverything();
        pods.pipeInput(NODE_KEY, SampleEvents.pod("uid-1", "cart", PodRole.WORKLOAD, true, ISSUED));
        pods.pipeInput(NODE_KEY, SampleEvents.pod("uid-2", "cart", PodRole.WORKLOAD, false, ISSUED));
        known(ISSUED);

        send(SampleEvents.waitForCart(ISSUED).build());

        assertThat(results.readValue().getDetail()).endsWith("another pod has taken its name, with UID uid-2");
    }

    @Test
    void shouldRefuseAfterAReboot() {
        seeEverything();
        nodes.pipeInput(NODE_KEY, SampleEvents.node("boot-2", ISSUED));
        known(ISSUED);

        send(SampleEvents.waitForCart(ISSUED).build());

        assertThat(results.readValue().getDetail()).contains("boot-1").contains("boot-2");
    }

    @Test
    void shouldNotBelieveAnOlderFactAgainstANewerOne() {
        seeEverything();
        nodes.pipeInput(NODE_KEY, SampleEvents.node("boot-0", ISSUED.minusSeconds(600)));
        known(ISSUED);

        send(SampleEvents.waitForCart(ISSUED).build());

        assertThat(outcomes()).containsExactly(RemediationOutcome.OBSERVED);
    }

    @Test
    void shouldRefuseWhatHasExpired() {
        seeEverything();
        known(ISSUED.plusSeconds(61));

        send(SampleEvents.waitForCart(ISSUED).build());

        assertThat(outcomes()).containsExactly(RemediationOutcome.EXPIRED);
    }

    @Test
    void shouldNotAnswerWhileItCannotSee() {
        seeEverything();
        known(ISSUED.minusSeconds(1));
        send(SampleEvents.waitForCart(ISSUED).build());

        nodes.pipeInput("prod", SampleEvents.nodesKnown(ISSUED.plusSeconds(59)), ISSUED.plusSeconds(3600));
        assertThat(results.isEmpty()).isTrue();

        known(ISSUED.plusSeconds(3600));
        assertThat(outcomes()).containsExactly(RemediationOutcome.EXPIRED);
    }

    @Test
    void shouldAnswerADuplicateOnceAndANewAttemptAgain() {
        seeEverything();
        send(SampleEvents.waitForCart(ISSUED).build());
        send(SampleEvents.waitForCart(ISSUED).build());
        known(ISSUED.plusSeconds(1));
        send(SampleEvents.waitForCart(ISSUED).build());
        assertThat(outcomes()).containsExactly(RemediationOutcome.OBSERVED);

        send(SampleEvents.waitForCart(ISSUED.plusSeconds(1)).build());
        assertThat(outcomes()).containsExactly(RemediationOutcome.OBSERVED);
    }

    @Test
    void shouldHoldACommandThatIsNotToBeAnsweredYet() {
        seeEverything();
        known(ISSUED.plusSeconds(1));
        send(SampleEvents.waitForCart(ISSUED)
                .setNotBefore(ISSUED.plusSeconds(10))
                .build());
        assertThat(results.isEmpty()).isTrue();

        known(ISSUED.plusSeconds(10));

        assertThat(outcomes()).containsExactly(RemediationOutcome.OBSERVED);
    }

    @Test
    void shouldForgetAnswersADayAfterTheyExpire() {
        seeEverything();
        known(ISSUED);
        send(SampleEvents.waitForCart(ISSUED).build());

        known(ISSUED.plusSeconds(60 + 24 * 3600));
        assertThat(driver.getKeyValueStore(ResyncTopology.ANSWERED_STORE).approximateNumEntries())
                .isEqualTo(1);
        known(ISSUED.plusSeconds(60 + 24 * 3600 + 60));
        assertThat(driver.getKeyValueStore(ResyncTopology.ANSWERED_STORE).approximateNumEntries())
                .isZero();
    }

    @Test
    void shouldKeepPoisonAsDeadLettersAndGoOn() {
        seeEverything();
        known(ISSUED);
        byte[] poison = "not Avro".getBytes(StandardCharsets.UTF_8);
        driver.createInputTopic(Topics.REMEDIATION_COMMANDS.name(), new StringSerializer(), new ByteArraySerializer())
                .pipeInput(NODE_KEY, poison);
        send(SampleEvents.waitForCart(ISSUED).setMode("replay").build());
        send(SampleEvents.waitForCart(ISSUED)
                .setAction(RemediationAction.NOTIFY)
                .build());

        var deadLetters = driver.createOutputTopic(
                StreamsSettings.STREAMS_DEAD_LETTERS, new ByteArrayDeserializer(), new ByteArrayDeserializer());
        assertThat(deadLetters.readRecordsToList()).hasSize(2).first().satisfies(letter -> assertThat(letter.value())
                .isEqualTo(poison));
        assertThat(outcomes()).containsExactly(RemediationOutcome.OBSERVED);
    }

    @Test
    void shouldKeepNodesStoresAndTopicsAsReleased() throws IOException {
        try (InputStream golden = getClass().getResourceAsStream("/topology/resync.txt")) {
            assertThat(topology.describe().toString())
                    .isEqualTo(new String(golden.readAllBytes(), StandardCharsets.UTF_8));
        }
    }

    private void seeEverything() {
        Instant before = ISSUED.minusSeconds(300);
        nodes.pipeInput(NODE_KEY, SampleEvents.node("boot-1", before));
        pods.pipeInput(NODE_KEY, SampleEvents.pod("uid-agent", "agent-x", PodRole.SPIRE_AGENT, false, before));
        pods.pipeInput(NODE_KEY, SampleEvents.pod("uid-1", "cart", PodRole.WORKLOAD, false, before));
    }

    private void known(Instant until) {
        nodes.pipeInput("prod", SampleEvents.nodesKnown(until));
        pods.pipeInput("prod", SampleEvents.podsKnown(until));
    }

    private void send(RemediationCommand command) {
        commands.pipeInput(NODE_KEY, command);
    }

    private List<RemediationOutcome> outcomes() {
        return results.readValuesToList().stream()
                .map(RemediationResult::getOutcome)
                .toList();
    }

    private <V extends SpecificRecord> TestInputTopic<String, V> input(Topic<V> topic) {
        return driver.createInputTopic(
                topic.name(), new StringSerializer(), serdes.forTopic(topic).serializer());
    }
}
