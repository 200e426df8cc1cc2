package io.svidflow.unreported;

import static io.svidflow.scene.Scene.at;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.svidflow.event.Finding;
import io.svidflow.event.IdentityState;
import io.svidflow.event.Incident;
import io.svidflow.event.Scope;
import io.svidflow.event.ServerSignalKind;
import io.svidflow.event.SvidSignalKind;
import io.svidflow.scene.Bodies;
import io.svidflow.scene.Scene;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class ExplanationTest {

    private static final Reason[] NOTHING = {};

    private final Told told = new Told();

    @Test
    void shouldCallRefusalsOnTheWayToAnIdentityNormal() {
        told.pod(10, "cart", IdentityState.WAITING, 10)
                .pod(16, "cart", IdentityState.HEALTHY, 10, pod -> pod.setRefusals(3)
                        .setClocks(Told.clocks(10, 12.0, 11.0)));

        assertThat(only().text())
                .isEqualTo("refused 3 times in 5.0 s before its entry was written and reached the agent:"
                        + " normal propagation");
        assertThat(only().reason()).isEqualTo(Reason.PROPAGATION);
        assertThat(told.explained().inTime()).containsExactly(Duration.ofSeconds(6));
    }

    @Test
    void shouldSayNothingOfAPodThatWasServedAtOnceButCountIt() {
        told.pod(10, "cart", IdentityState.WAITING, 10).pod(13, "cart", IdentityState.HEALTHY, 10);

        assertThat(reasons()).isEqualTo(NOTHING);
        assertThat(told.explained().inTime()).containsExactly(Duration.ofSeconds(3));
    }

    @Test
    void shouldSayNothingOfWhatIsReported() {
        told.pod(10, "cart", IdentityState.WAITING, 10)
                .pod(70, "cart", IdentityState.STUCK, 10)
                .pod(90, "cart", IdentityState.RECOVERED, 10, pod -> pod.setRefusals(9))
                .fact(30, Bodies.svid(SvidSignalKind.REFUSED).build())
                .reported(finding("cart", 10, 90.0));

        assertThat(reasons()).isEqualTo(NOTHING);
        assertThat(told.explained().inTime()).isEmpty();
    }

    @Test
    void shouldNotCallAPodExpectedThatIsKnownByItsRefusalsAlone() {
        told.pod(10, "visitor", IdentityState.WAITING, 10, pod -> pod.setExpectedBy("refusal"))
                .pod(70, "visitor", IdentityState.STUCK, 10, pod -> pod.setExpectedBy("refusal")
                        .setRefusals(11));

        assertThat(reasons()).containsExactly(Reason.NOT_EXPECTED);
        assertThat(only().text()).startsWith("refused 11 times; no rule selects it");
    }

    @Test
    void shouldNotGiveTheAllClearForAStuckPodWithoutAFinding() {
        told.pod(10, "cart", IdentityState.WAITING, 10).pod(70, "cart", IdentityState.STUCK, 10);

        assertThat(reasons()).containsExactly(Reason.UNDECIDED);
    }

    @Test
    void shouldTellAPodThatWentEarlyFromOneThatNobodyCouldSee() {
        told.pod(10, "job", IdentityState.WAITING, 10)
                .pod(14, "job", IdentityState.GONE, 10)
                .pod(10, "mute", IdentityState.WAITING, 10)
                .pod(40, "mute", IdentityState.UNKNOWN, 10)
                .pod(400, "mute", IdentityState.GONE, 10);

        assertThat(told.explained().items())
                .extracting(Unreported::reason, Unreported::text)
                .containsExactly(
                        tuple(Reason.WORKLOAD_GONE, "gone 4.0 s after its container started"),
                        tuple(
                                Reason.UNDECIDED,
                                "gone 390 s after its container started; nobody could see whether it had an identity"));
    }

    @Test
    void shouldSayThatAPodStillWaitsWhenTheRecordEnds() {
        told.pod(10, "cart", IdentityState.WAITING, 10);

        assertThat(reasons()).containsExactly(Reason.UNDECIDED);
        assertThat(only().text()).contains("when the record ends");
    }

    @Test
    void shouldBeSilentAboutWhatRanBeforeTheRecordBegan() {
        told.pod(10, "old", IdentityState.WAITING, -500).pod(400, "old", IdentityState.GONE, -500);

        assertThat(reasons()).isEqualTo(NOTHING);
    }

    @Test
    void shouldTellOfAnAgentThatFailedOnceAndRecovered() {
        told.node(1, node -> {})
                .node(10, node -> node.setSyncFailingSince(at(10))
                        .setSyncAttempts(1)
                        .setFirstSyncError("connection reset"))
                .node(17, node -> node.setLastSyncSuccess(at(17)));

        assertThat(reasons()).containsExactly(Reason.TRANSIENT_SYNC);
        assertThat(only().text())
                .isEqualTo("its agent failed to synchronise once (connection reset) and recovered after 7.0 s");
    }

    @Test
    void shouldNotCallAnAgentHarmlessThatStillFails() {
        told.node(10, node -> node.setSyncFailingSince(at(10)).setSyncAttempts(4));

        assertThat(reasons()).containsExactly(Reason.UNDECIDED);
    }

    @Test
    void shouldLeaveAgentsToTheIncidentThatCoversThem() {
        told.node(10, node -> node.setSyncFailingSince(at(10)).setSyncAttempts(4))
                .node(50, node -> node.setLastSyncSuccess(at(50)))
                .reported(incident(30, 60));

        assertThat(reasons()).isEqualTo(NOTHING);
    }

    @Test
    void shouldTellOfAnEvictionThatHealedAndOfARestart() {
        told.node(1, node -> {})
                .node(10, node -> node.setEvictedAt(at(10)))
                .node(10.5, node -> node.setAttestedAt(at(10.5)))
                .node(100, node -> node.setAgentStartedAt(at(100)).setAgentPodUid("another"));

        assertThat(told.explained().items())
                .extracting(Unreported::text)
                .containsExactly(
                        "its agent was evicted and attested again after 0.5 s", "its agent's pod was replaced");
    }

    @Test
    void shouldCountRefusalsThatNameNoPodForWhoeverWaited() {
        told.pod(10, "cart", IdentityState.WAITING, 10)
                .pod(16, "cart", IdentityState.HEALTHY, 10)
                .fact(12, Bodies.svid(SvidSignalKind.REFUSED).build())
                .fact(14, Bodies.svid(SvidSignalKind.REFUSED).build())
                .fact(200, Bodies.svid(SvidSignalKind.REFUSED).build());

        assertThat(told.explained().items())
                .extracting(Unreported::reason, Unreported::count)
                .containsExactly(tuple(Reason.PROPAGATION, 2), tuple(Reason.NOT_EXPECTED, 1));
    }

    @Test
    void shouldCountNoise() {
        for (int second = 0; second < 12; second++) {
            told.fact(second, Bodies.server(ServerSignalKind.NOISE, "the object has been modified"));
        }

        assertThat(reasons()).containsExactly(Reason.FOREIGN_RESOURCE);
        assertThat(only().text()).isEqualTo("noise: 12 x the object has been modified");
    }

    @Test
    void shouldExplainTheSameWhateverTheOrder() {
        told.pod(10, "cart", IdentityState.WAITING, 10)
                .pod(16, "cart", IdentityState.HEALTHY, 10, pod -> pod.setRefusals(2))
                .node(10, node -> node.setSyncFailingSince(at(10)).setSyncAttempts(1))
                .node(17, node -> node.setLastSyncSuccess(at(17)))
                .fact(12, Bodies.svid(SvidSignalKind.REFUSED).build())
                .fact(300, Bodies.svid(SvidSignalKind.REFUSED).build());

        Explanation forwards = told.explained();

        assertThat(told.explainedBackwards()).isEqualTo(forwards);
    }

    private Reason[] reasons() {
        return told.explained().items().stream().map(Unreported::reason).toArray(Reason[]::new);
    }

    private Unreported only() {
        assertThat(told.explained().items()).hasSize(1);
        return told.explained().items().get(0);
    }

    private static Finding finding(String pod, double since, Double recovered) {
        return Finding.newBuilder()
                .setId("f-" + pod)
                .setCluster(Scene.CLUSTER)
                .setNamespace("shop")
                .setPod(pod)
                .setPodUid("uid-" + pod)
                .setNode(Scene.NODE)
                .setState(IdentityState.RECOVERED)
                .setCause("REGISTRAR_LAG")
                .setConfidence(0.9)
                .setAlternatives(List.of())
                .setProven(List.of())
                .setSince(at(since))
                .setDetectedAt(at(since + 60))
                .setRecoveredAt(recovered == null ? null : at(recovered))
                .setEvidence(List.of())
                .setRuledOut(List.of())
                .setClocks(Told.clocks(since, null, null))
                .setRevision(1)
                .setUpdatedAt(at(since + 60))
                .setHistory(List.of())
                .build();
    }

    private static Incident incident(double opened, double closed) {
        return Incident.newBuilder()
                .setId("i")
                .setCluster(Scene.CLUSTER)
                .setCause("SERVER_UNREACHABLE")
                .setScope(Scope.CLUSTER)
                .setNodes(List.of())
                .setFindings(List.of())
                .setPods(0)
                .setOpenedAt(at(opened))
                .setUpdatedAt(at(closed))
                .setClosedAt(at(closed))
                .setReasons(List.of())
                .setEvidence(List.of())
                .setHistory(List.of())
                .setRevision(1)
                .build();
    }
}
