package io.svidflow.incident;

import static io.svidflow.incident.WatchedCluster.node;
import static io.svidflow.incident.WatchedCluster.pod;
import static io.svidflow.incident.WatchedCluster.recovered;
import static io.svidflow.scene.Scene.at;
import static org.assertj.core.api.Assertions.assertThat;

import io.svidflow.event.Finding;
import io.svidflow.event.IdentityState;
import io.svidflow.event.Incident;
import io.svidflow.event.Link;
import io.svidflow.event.NodeTransition;
import io.svidflow.event.PodTransition;
import io.svidflow.event.Scope;
import io.svidflow.event.ServerSignalKind;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Two incidents that turn out to be one end as one, and whoever reads them downstream can follow. */
class MergeTest {

    private final WatchedCluster cluster = new WatchedCluster();

    @Test
    void shouldMergeANodeThatCouldNotSynchroniseIntoTheOutageBehindIt() {
        aNodeInBackoffBeforeItsOutageIsKnown();

        Incident node = merged();
        Incident outage = cluster.lastIncident();
        assertThat(outage.getCause()).isEqualTo("SERVER_DATASTORE_DOWN");
        assertThat(outage.getClosedAt()).isNull();
        assertThat(outage.getAbsorbed()).containsExactly(node.getId());
        assertThat(node.getMergedInto()).isEqualTo(outage.getId());
        assertThat(node.getClosedAt()).isNotNull();
        assertThat(outage.getFindings()).containsAll(node.getFindings());
        assertThat(lastFinding("a").getIncidentId()).isEqualTo(outage.getId());
    }

    @Test
    void shouldPutNewPodsOfAMergedFaultIntoTheOneThatGoesOn() {
        aNodeInBackoffBeforeItsOutageIsKnown();
        Incident outage = cluster.lastIncident();

        cluster.sees(66, waiting("b", "node-1")).waits(70);

        assertThat(lastFinding("b").getIncidentId()).isEqualTo(outage.getId());
        assertThat(open()).containsExactly(outage.getId());
    }

    @Test
    void shouldCloseWhatIsLeftOnceAndOpenItAgainWithinTheQuietPeriod() {
        aNodeInBackoffBeforeItsOutageIsKnown();
        String outage = cluster.lastIncident().getId();
        cluster.server(66, ServerSignalKind.DATASTORE_ANSWERED, null)
                .sees(70, node("node-1").setLastSyncSuccess(at(70)).build())
                .sees(71, recovered("a"))
                .waits(80);
        assertThat(open()).isEmpty();
        assertThat(cluster.lastIncident().getId()).isEqualTo(outage);
        assertThat(cluster.lastIncident().getClosedAt()).isEqualTo(at(75));

        cluster.datastoreFails(100, 130).waits(135);

        assertThat(open()).containsExactly(outage);
    }

    @Test
    void shouldForgetMergedIncidentsWithTheOneThatTheyWereAPartOf() {
        aNodeInBackoffBeforeItsOutageIsKnown();
        cluster.server(66, ServerSignalKind.DATASTORE_ANSWERED, null)
                .sees(70, node("node-1").setLastSyncSuccess(at(70)).build())
                .sees(71, recovered("a"))
                .waits(400);

        assertThat(cluster.kept()).noneMatch(key -> key.startsWith("incident/"));
    }

    @Test
    void shouldSeeOneFaultInWhatHappensOnEveryNode() {
        for (String name : List.of("node-1", "node-2", "node-3")) {
            cluster.sees(0, kubeletFails(name));
        }
        cluster.sees(60, unattested("a", "node-1"))
                .sees(61, unattested("b", "node-2"))
                .sees(62, unattested("c", "node-3"))
                .waits(70)
                .sees(71, unattested("d", "node-3"))
                .waits(80);

        assertThat(open()).hasSize(1);
        assertThat(cluster.lastIncident().getCause()).isEqualTo("KUBELET_ATTEST_FAIL");
        assertThat(cluster.lastIncident().getScope()).isEqualTo(Scope.CLUSTER);
        assertThat(cluster.lastIncident().getNodes()).containsExactly("node-1", "node-2", "node-3");
        assertThat(cluster.lastIncident().getPods()).isEqualTo(4);
    }

    @Test
    void shouldMergeWhatWasNotUnderstoodIntoWhatCameToExplainIt() {
        cluster.sees(0, node("node-1").build())
                .sees(60, pod("a", IdentityState.STUCK, Link.WORKLOAD_ATTESTED).build());
        String first = cluster.lastIncident().getId();

        cluster.sees(62, unattested("a", "node-1")).waits(70);

        assertThat(cluster.lastIncident().getCause()).isEqualTo("KUBELET_ATTEST_FAIL");
        assertThat(cluster.lastIncident().getAbsorbed()).containsExactly(first);
        assertThat(merged().getId()).isEqualTo(first);
    }

    @Test
    void shouldKeepANodesOwnFaultApart() {
        cluster.sees(0, kubeletFails("node-1"))
                .sees(0, node("node-2").build())
                .sees(0, node("node-3").build())
                .sees(60, unattested("a", "node-1"))
                .waits(70);

        assertThat(cluster.lastIncident().getScope()).isEqualTo(Scope.NODE);
    }

    @Test
    void shouldMergeTheSameWhenAnotherInstanceTakesOver() {
        WatchedCluster other = new WatchedCluster();
        aNodeInBackoffBeforeItsOutageIsKnown(cluster);
        aNodeInBackoffBeforeItsOutageIsKnown(other);
        other.takenOver();
        for (WatchedCluster one : List.of(cluster, other)) {
            one.sees(66, waiting("b", "node-1")).waits(90);
        }

        assertThat(other.told()).isEqualTo(cluster.told());
        assertThat(other.kept()).isEqualTo(cluster.kept());
    }

    private void aNodeInBackoffBeforeItsOutageIsKnown() {
        aNodeInBackoffBeforeItsOutageIsKnown(cluster);
    }

    /** The agent fails with a text that says nothing; the server's own log comes to tell why. */
    private static void aNodeInBackoffBeforeItsOutageIsKnown(WatchedCluster cluster) {
        NodeTransition failing = node("node-1")
                .setSyncFailingSince(at(25))
                .setSyncAttempts(3)
                .setPreviousSyncAttempt(at(33))
                .setLastSyncAttempt(at(45))
                .setFirstSyncError("broken pipe")
                .setLastSyncError("broken pipe")
                .build();
        cluster.sees(0, node("node-1").build())
                .sees(0, node("node-2").build())
                .sees(46, failing)
                .sees(47, waiting("a", "node-1"))
                .waits(49)
                .datastoreFails(50, 60)
                .waits(65);
    }

    private static PodTransition waiting(String uid, String node) {
        return pod(uid, IdentityState.STUCK, Link.SYNCHRONISED).setNode(node).build();
    }

    private static PodTransition unattested(String uid, String node) {
        return pod(uid, IdentityState.STUCK, Link.WORKLOAD_ATTESTED)
                .setNode(node)
                .setAttestError("unable to perform request: 403 Forbidden")
                .build();
    }

    private static NodeTransition kubeletFails(String name) {
        return node(name)
                .setAttestFailingSince(at(0))
                .setLastAttestError("unable to perform request: 403 Forbidden")
                .build();
    }

    private Incident merged() {
        Map<String, Incident> last = new LinkedHashMap<>();
        cluster.told(Incident.class).forEach(incident -> last.put(incident.getId(), incident));
        return last.values().stream()
                .filter(incident -> incident.getMergedInto() != null)
                .findFirst()
                .orElseThrow(() -> new AssertionError("no incident was merged"));
    }

    private List<String> open() {
        Map<String, Incident> last = new LinkedHashMap<>();
        cluster.told(Incident.class).forEach(incident -> last.put(incident.getId(), incident));
        return last.values().stream()
                .filter(incident -> incident.getClosedAt() == null)
                .map(Incident::getId)
                .toList();
    }

    private Finding lastFinding(String pod) {
        return cluster.told(Finding.class).stream()
                .filter(finding -> finding.getPodUid().equals(pod))
                .reduce((first, second) -> second)
                .orElseThrow();
    }
}
