package io.svidflow.diagnosis;

import static io.svidflow.diagnosis.Question.missing;
import static io.svidflow.scene.Scene.NODE;
import static io.svidflow.scene.Scene.at;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.svidflow.event.Link;
import io.svidflow.event.NodeTransition;
import io.svidflow.event.ServerSignal;
import io.svidflow.event.ServerSignalKind;
import io.svidflow.scene.Bodies;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Each cause in its decisive case, beside the one that looks like it. */
class CausesTest {

    private static final String REFUSED = "transport: Error while dialing: connection refused";
    private static final String DATASTORE = "datastore-sql: dial tcp: connect: connection refused";

    @Test
    void shouldNameABanAndNothingElse() {
        Question banned = missing(Link.AGENT_ATTESTED)
                .node(node -> node.setBanned(true).setBannedAt(at(-5)).setAgentReady(false));

        assertThat(banned.cause(40)).isEqualTo("AGENT_BANNED");
        assertThat(missing(Link.ENTRY_PRESENT).ruledOut(70)).contains("AGENT_BANNED");
    }

    @Test
    void shouldTellAnEvictionFromABan() {
        Question evicted = missing(Link.AGENT_ATTESTED).node(node -> node.setEvictedAt(at(1)));

        assertThat(evicted.cause(130)).isEqualTo("AGENT_EVICTED");
        assertThat(evicted.ruledOut(130)).contains("AGENT_BANNED");
    }

    @Test
    void shouldNameAnAgentThatDoesNotServe() {
        Question down = missing(Link.AGENT_READY).node(node -> node.setAgentReady(false)
                .setAgentRunning(false)
                .setAgentReason("CrashLoopBackOff")
                .setAgentNotReadySince(at(-100)));

        assertThat(down.cause(60)).isEqualTo("AGENT_NOT_READY");
        assertThat(missing(Link.ENTRY_PRESENT).ruledOut(60)).contains("AGENT_NOT_READY");
    }

    @Test
    void shouldNameTheKubeletThatRefusesTheAgentAlthoughTheAgentIsNotReadyEither() {
        Question refused = missing(Link.WORKLOAD_ATTESTED)
                .entry(5)
                .pod(pod -> pod.setAttestError(Bodies.KUBELET_REFUSES))
                .node(node -> node.setAgentReady(false).setAttestFailingSince(at(3)));

        assertThat(refused.cause(60)).isEqualTo("KUBELET_ATTEST_FAIL");
        assertThat(refused.ruledOut(60))
                .contains("AGENT_NOT_READY", "REGISTRAR_LAG", "ENTRY_MISSING", "REGISTRAR_DOWN");
    }

    @Test
    void shouldNameTheDatastoreWhileTheServerCannotUseIt() {
        Question failing = missing(Link.ENTRY_PRESENT).datastoreFails(-60, 60);

        assertThat(failing.cause(62)).isEqualTo("SERVER_DATASTORE_DOWN");
    }

    @Test
    void shouldTellADatastoreOutageFromAnUnreachableServerByTheFirstError() {
        Question datastore = missing(Link.SYNCHRONISED).entry(1).everyNode(node -> failing(node, DATASTORE, 60));
        datastore.datastoreFails(-60, 60);
        Question server = missing(Link.SYNCHRONISED).entry(1).everyNode(node -> failing(node, REFUSED, 60));

        assertThat(datastore.cause(61)).isEqualTo("SERVER_DATASTORE_DOWN");
        assertThat(server.cause(61)).isEqualTo("SERVER_UNREACHABLE");
    }

    @Test
    void shouldNameTheServerWhoseContainerIsStopped() {
        Question stopped = missing(Link.ENTRY_PRESENT).server(-10, ServerSignalKind.SERVER_STOPPING);

        assertThat(stopped.cause(60)).isEqualTo("SERVER_UNREACHABLE");
    }

    @Test
    void shouldNameTheBackoffOnceTheFaultIsOver() {
        Question over = missing(Link.SYNCHRONISED)
                .entry(70)
                .node(node -> failing(node, REFUSED, 60))
                .server(75, ServerSignalKind.DATASTORE_ANSWERED);

        assertThat(over.cause(100)).isEqualTo("AGENT_SYNC_BACKOFF");
        assertThat(over.ruledOut(100)).contains("REGISTRAR_LAG", "REGISTRAR_DOWN", "ENTRY_MISSING");
    }

    @Test
    void shouldNotTakeTheAnswerOfOneReplicaForTheHealthOfAnother() {
        Question over = missing(Link.SYNCHRONISED)
                .entry(70)
                .everyNode(node -> node.setServerReplica("spire-server-0").setLastSyncSuccess(at(80)))
                .node(node -> failing(node.setServerReplica("spire-server-1"), REFUSED, 60))
                .server(75, ServerSignalKind.DATASTORE_ANSWERED);

        assertThat(over.diagnosis(100).confidence()).isLessThan(0.5);

        over.everyNode(node -> node.setServerReplica("spire-server-1"));

        assertThat(over.cause(100)).isEqualTo("AGENT_SYNC_BACKOFF");
        assertThat(over.diagnosis(100).confidence()).isGreaterThan(0.5);
    }

    @Test
    void shouldNotBlameABackoffForAnEntryThatIsMissing() {
        Question lag = missing(Link.ENTRY_PRESENT)
                .node(node -> failing(node, REFUSED, 60))
                .server(75, ServerSignalKind.REGISTRAR_RECONCILING);

        assertThat(lag.cause(100)).isEqualTo("REGISTRAR_LAG");
        assertThat(lag.ruledOut(100)).contains("AGENT_SYNC_BACKOFF");
    }

    @Test
    void shouldNotBlameABackoffWhoseNextAttemptIsLongOverdue() {
        Question overdue = missing(Link.SYNCHRONISED)
                .entry(70)
                .node(node -> failing(node, REFUSED, 60))
                .server(75, ServerSignalKind.DATASTORE_ANSWERED);

        assertThat(overdue.cause(1000)).isNotEqualTo("AGENT_SYNC_BACKOFF");
    }

    @Test
    void shouldTellALagFromAStoppedRegistrar() {
        Question atWork = missing(Link.ENTRY_PRESENT).registrarCalls(-60, 60);
        Question silent = missing(Link.ENTRY_PRESENT).registrarCalls(-60, 0);
        Question stopped =
                missing(Link.ENTRY_PRESENT).registrarCalls(-60, -20).server(-15, ServerSignalKind.REGISTRAR_STOPPED);

        assertThat(atWork.cause(62)).isEqualTo("REGISTRAR_LAG");
        assertThat(atWork.ruledOut(62)).contains("REGISTRAR_DOWN");
        assertThat(silent.cause(62)).isEqualTo("REGISTRAR_DOWN");
        assertThat(stopped.cause(62)).isEqualTo("REGISTRAR_DOWN");
        assertThat(stopped.ruledOut(62)).contains("REGISTRAR_LAG");
    }

    @Test
    void shouldTellAMissingEntryFromALag() {
        Question overtaken =
                missing(Link.ENTRY_PRESENT).registrarCalls(-60, 130).laterPodRegistered(100);

        assertThat(overtaken.cause(90)).as("patience").isEqualTo("REGISTRAR_LAG");
        assertThat(overtaken.cause(131)).isEqualTo("ENTRY_MISSING");
    }

    @Test
    void shouldNameTheEntryThatCannotBeRendered() {
        Question broken = missing(Link.ENTRY_PRESENT)
                .server(
                        10,
                        ServerSignal.newBuilder()
                                .setKind(ServerSignalKind.ENTRY_RENDER_FAILED)
                                .setSubject("app/p")
                                .build());

        assertThat(broken.cause(60)).isEqualTo("ENTRY_MISSING");
    }

    @Test
    void shouldExpectNoEntryOfAPodThatNobodySelects() {
        Question stranger = missing(Link.ENTRY_PRESENT)
                .pod(pod -> pod.setExpectedBy("refusal").setRules(List.of()));

        assertThat(stranger.cause(60)).isEqualTo("ENTRY_NOT_EXPECTED");
        assertThat(stranger.diagnosis(60).nothingToReport()).isTrue();
    }

    @Test
    void shouldSayUnknownRatherThanGuess() {
        assertThat(missing(Link.SVID_ISSUED).entry(5).cause(80)).isEqualTo("UNKNOWN");
        assertThat(missing(Link.SVID_ISSUED).entry(5).diagnosis(80).alternatives())
                .isEmpty();
    }

    @Test
    void shouldRefuseAConfidenceThatIsNone() {
        assertThatThrownBy(() -> Assessment.likely(1.5)).hasMessage("confidence must be in (0, 1], but is 1.5");
        assertThatThrownBy(() -> Causes.layerOf("GREMLINS")).hasMessage("no cause is called GREMLINS");
    }

    /** Failing for a minute, last attempt at the given second. */
    private static void failing(NodeTransition.Builder node, String firstError, double last) {
        node.setSyncFailingSince(at(last - 70))
                .setSyncAttempts(5)
                .setPreviousSyncAttempt(at(last - 25))
                .setLastSyncAttempt(at(last))
                .setFirstSyncError(firstError)
                .setLastSyncError(REFUSED)
                .setLastSyncSuccess(node.getNode().equals(NODE) ? at(last - 75) : at(last - 76));
    }
}
