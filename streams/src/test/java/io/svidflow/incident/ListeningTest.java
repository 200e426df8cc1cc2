package io.svidflow.incident;

import static io.svidflow.incident.WatchedCluster.node;
import static io.svidflow.scene.Scene.at;
import static org.assertj.core.api.Assertions.assertThat;

import io.svidflow.event.CoverageTransition;
import io.svidflow.event.Finding;
import io.svidflow.event.Incident;
import io.svidflow.event.Link;
import io.svidflow.event.NodeTransition;
import io.svidflow.event.ServerSignal;
import io.svidflow.event.ServerSignalKind;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Silence is evidence where somebody listened, and nothing where nobody did. */
class ListeningTest {

    private static final String AUDIT = "server-log/spire-server-0";

    private final WatchedCluster cluster = new WatchedCluster();

    @Test
    void shouldTakeTheRegistrarsSilenceForItsEnd() {
        calls(0, 60).sees(130, WatchedCluster.stuck("a", Link.ENTRY_PRESENT));

        assertThat(lastFinding().getCause()).isEqualTo("REGISTRAR_DOWN");
    }

    @Test
    void shouldNotTakeItForItsEndWhileNobodyListens() {
        calls(0, 60).sees(80, heard(AUDIT, false, 80)).sees(130, WatchedCluster.stuck("a", Link.ENTRY_PRESENT));

        assertThat(lastFinding().getCause()).isNotEqualTo("REGISTRAR_DOWN");
        assertThat(lastFinding().getNotCollected()).contains("server-log");
    }

    @Test
    void shouldListenForALongTimeAgainBeforeItDoes() {
        calls(0, 60)
                .sees(80, heard(AUDIT, false, 80))
                .sees(200, heard(AUDIT, true, 200))
                .sees(230, WatchedCluster.stuck("a", Link.ENTRY_PRESENT));
        assertThat(lastFinding().getCause()).isNotEqualTo("REGISTRAR_DOWN");

        cluster.waits(250);
        assertThat(lastFinding().getCause()).isEqualTo("REGISTRAR_DOWN");
    }

    @Test
    void shouldRememberNoOutageOfTheRegistrarForATimeInWhichNobodyListened() {
        calls(0, 60).sees(80, heard(AUDIT, false, 80)).sees(200, heard(AUDIT, true, 200));
        calls(201, 211).sees(215, WatchedCluster.stuck("a", Link.ENTRY_PRESENT));

        assertThat(lastFinding().getCause()).isNotEqualTo("REGISTRAR_DOWN");
    }

    @Test
    void shouldWarnOfAnAgentThatHangsWhileOthersSynchronise() {
        cluster.sees(0, node("node-2").setLastSyncSuccess(at(0)).build())
                .sees(70, hanging())
                .waits(75);

        assertThat(cluster.lastIncident().getCause()).isEqualTo("AGENT_NOT_READY");
        assertThat(cluster.lastIncident().getNodes()).containsExactly("node-1");
        assertThat(cluster.lastIncident().getEvidence())
                .singleElement()
                .extracting(evidence -> evidence.getText())
                .asString()
                .contains("has not since and logs no failure (seen by audit)", "the agent of node-2 does synchronise");

        cluster.sees(80, node("node-1").setLastSyncSuccess(at(80)).build()).waits(90);
        assertThat(cluster.lastIncident().getClosedAt()).isEqualTo(at(85));
    }

    @Test
    void shouldNotWarnWhereNobodyIsSeenToSynchronise() {
        cluster.sees(70, hanging()).waits(100);

        assertThat(cluster.told(Incident.class)).isEmpty();
    }

    @Test
    void shouldNameTheAgentThatHangsForThePodsThatWait() {
        cluster.sees(0, node("node-2").setLastSyncSuccess(at(0)).build())
                .sees(70, hanging())
                .sees(75, WatchedCluster.stuck("a", Link.SYNCHRONISED));

        assertThat(lastFinding().getCause()).isEqualTo("AGENT_NOT_READY");
        assertThat(lastFinding().getVariant()).isEqualTo("NOT_SERVING");
        assertThat(lastFinding().getIncidentId())
                .isEqualTo(cluster.lastIncident().getId());
    }

    @Test
    void shouldTellOfALogThatIsReadAndTellsNothing() {
        cluster.sees(70, node("node-1").setAgentLogMuteSince(at(10)).build()).waits(75);

        assertThat(cluster.lastIncident().getCause()).isEqualTo("COVERAGE_LOST");
        assertThat(cluster.lastIncident().getNodes()).containsExactly("node-1");
        assertThat(cluster.lastIncident().getEvidence())
                .singleElement()
                .extracting(evidence -> evidence.getText())
                .asString()
                .contains("agent-log/node-1", "log_level = \"INFO\"");

        cluster.sees(80, node("node-1").build()).waits(90);
        assertThat(cluster.lastIncident().getClosedAt()).isEqualTo(at(85));
    }

    private static NodeTransition hanging() {
        return node("node-1")
                .setLastSyncSuccess(at(10))
                .setSilentSince(at(10))
                .setSilentBy(List.of("audit"))
                .build();
    }

    private WatchedCluster calls(int from, int until) {
        for (int second = from; second <= until; second += 10) {
            cluster.server(
                    second,
                    ServerSignal.newBuilder()
                            .setKind(ServerSignalKind.DATASTORE_ANSWERED)
                            .setPod("spire-server-0")
                            .setCaller("/usr/bin/spire-controller-manager")
                            .setMethod("ListEntries")
                            .build());
        }
        return cluster;
    }

    private static CoverageTransition heard(String source, boolean again, int second) {
        return new CoverageTransition(source, null, !again, at(second), null);
    }

    private Finding lastFinding() {
        List<Finding> findings = cluster.told(Finding.class);
        return findings.get(findings.size() - 1);
    }
}
