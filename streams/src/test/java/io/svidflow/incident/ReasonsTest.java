package io.svidflow.incident;

import static io.svidflow.incident.ReachTest.server;
import static io.svidflow.incident.WatchedCluster.node;
import static io.svidflow.incident.WatchedCluster.pod;
import static io.svidflow.scene.Scene.at;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.svidflow.event.Clocks;
import io.svidflow.event.Finding;
import io.svidflow.event.IdentityState;
import io.svidflow.event.Incident;
import io.svidflow.event.Link;
import io.svidflow.event.NodeTransition;
import io.svidflow.event.PodTransition;
import io.svidflow.event.Scope;
import io.svidflow.event.ServerSignalKind;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What lies behind an incident is named. */
class ReasonsTest {

    private final WatchedCluster cluster = new WatchedCluster();

    @Test
    void shouldNameEntriesThatWereCreatedInOneInstant() {
        cluster.server(1, ServerSignalKind.REGISTRAR_STOPPED, null)
                .sees(60, WatchedCluster.stuck("a", Link.ENTRY_PRESENT))
                .sees(61, WatchedCluster.stuck("b", Link.ENTRY_PRESENT))
                .sees(62, WatchedCluster.stuck("c", Link.ENTRY_PRESENT))
                .sees(300, registeredAt("a", 290))
                .sees(301, registeredAt("b", 291))
                .sees(302, registeredAt("c", 150))
                .waits(310);

        assertThat(cluster.lastIncident().getReasons())
                .containsExactly("the entries of 2 waiting pods were created in one instant, at " + at(290)
                        + ": whoever writes entries caught up in one pass");
    }

    @Test
    void shouldNotCallOneEntryABurst() {
        cluster.server(1, ServerSignalKind.REGISTRAR_STOPPED, null)
                .sees(60, WatchedCluster.stuck("a", Link.ENTRY_PRESENT))
                .sees(61, WatchedCluster.stuck("b", Link.ENTRY_PRESENT))
                .sees(300, registeredAt("a", 290))
                .sees(301, registeredAt("b", 280))
                .waits(310);

        assertThat(cluster.lastIncident().getReasons()).isEmpty();
    }

    @Test
    void shouldNameTheFormerAgentThatEntriesStillName() {
        String former = "spiffe://example.org/spire/agent/k8s_psat/lab/uid-before";
        NodeTransition anew = node("node-1").setFormerAgentIds(List.of(former)).build();
        cluster.sees(0, anew)
                .sees(
                        60,
                        pod("a", IdentityState.STUCK, Link.PARENT_LIVE)
                                .setParents(List.of(former))
                                .setClocks(new Clocks(at(0), at(1), null, null))
                                .build())
                .waits(65);

        assertThat(cluster.lastIncident().getReasons())
                .containsExactly("entries name a former agent: those of one pod have the parent " + former
                        + ", which was the agent of node-1 and is now " + anew.getAgentId());
    }

    @Test
    void shouldNameTheAgentThatStartedAnew() {
        cluster.sees(
                        0,
                        node("node-1")
                                .setAgentStartedAt(at(20))
                                .setBanned(true)
                                .setBannedAt(at(21))
                                .build())
                .sees(60, WatchedCluster.stuck("a", Link.AGENT_ATTESTED))
                .waits(65);

        assertThat(cluster.lastIncident().getReasons())
                .containsExactly("the agent of node-1 started anew at " + at(20));
    }

    @Test
    void shouldFindTheOneReplicaWhoseAgentsFail() {
        cluster.sees(0, server("spire-server-0"))
                .sees(0, server("spire-server-1"))
                .sees(0, servedBy("node-1", "spire-server-0").build())
                .sees(0, servedBy("node-2", "spire-server-1").build())
                .sees(0, servedBy("node-3", "spire-server-1").build())
                .sees(60, failing(servedBy("node-2", "spire-server-1")))
                .sees(61, failing(servedBy("node-3", "spire-server-1")))
                .sees(70, waiting("a", "node-2"))
                .waits(80);

        Incident incident = cluster.lastIncident();
        assertThat(incident.getScope()).isEqualTo(Scope.SERVER);
        assertThat(cluster.told(Finding.class))
                .extracting(Finding::getCause, Finding::getVariant)
                .containsOnly(tuple("SERVER_UNREACHABLE", "REPLICA"));
        assertThat(incident.getReasons())
                .containsExactly("server replica spire-server-1 alone: the agents that it serves fail (node-2, node-3),"
                        + " those of spire-server-0 do not (node-1)");
        assertThat(cluster.told(Incident.class)).extracting(Incident::getScope).containsOnly(Scope.SERVER);
    }

    @Test
    void shouldNotBlameAReplicaForWhatStruckTheOthersToo() {
        cluster.sees(0, servedBy("node-1", "spire-server-0").build())
                .sees(0, servedBy("node-2", "spire-server-1").build())
                .sees(0, servedBy("node-3", "spire-server-1").build())
                .sees(60, failing(servedBy("node-1", "spire-server-0")))
                .sees(60, failing(servedBy("node-2", "spire-server-1")))
                .sees(61, failing(servedBy("node-3", "spire-server-1")))
                .sees(
                        65,
                        servedBy("node-1", "spire-server-0")
                                .setLastSyncSuccess(at(65))
                                .build())
                .sees(70, waiting("a", "node-2"))
                .waits(80);

        assertThat(cluster.told(Incident.class)).extracting(Incident::getScope).doesNotContain(Scope.SERVER);
    }

    @Test
    void shouldNotBlameAReplicaForOneAgentOrForAFaultOfAll() {
        cluster.sees(0, servedBy("node-1", "spire-server-0").build())
                .sees(0, servedBy("node-2", "spire-server-1").build())
                .sees(60, failing(servedBy("node-2", "spire-server-1")))
                .sees(70, waiting("a", "node-2"))
                .waits(80);
        assertThat(cluster.lastIncident().getScope()).isEqualTo(Scope.NODE);

        cluster.sees(81, failing(servedBy("node-1", "spire-server-0"))).waits(120);
        assertThat(cluster.lastIncident().getScope()).isNotEqualTo(Scope.SERVER);
    }

    @Test
    void shouldNameTheReplicaThatLagsBehindAnother() {
        cluster.sees(0, servedBy("node-1", "spire-server-0").build())
                .sees(0, servedBy("node-2", "spire-server-1").build())
                .sees(
                        60,
                        pod("given", IdentityState.HEALTHY, null)
                                .setNode("node-1")
                                .setClocks(new Clocks(at(40), at(50), null, null))
                                .build())
                .sees(
                        100,
                        pod("waits", IdentityState.STUCK, Link.SVID_ISSUED)
                                .setNode("node-2")
                                .setClocks(new Clocks(at(40), at(45), at(99), null))
                                .build())
                .waits(110);

        assertThat(cluster.lastIncident().getReasons())
                .containsExactly("server replica spire-server-1 lags: its agents have not been given the entry of "
                        + at(45) + ", those of spire-server-0 have entries of " + at(50));
        assertThat(cluster.lastIncident().getScope()).isEqualTo(Scope.SERVER);
    }

    private static PodTransition registeredAt(String uid, int second) {
        return pod(uid, IdentityState.RECOVERED, null)
                .setClocks(new Clocks(at(0), at(second), null, null))
                .build();
    }

    private static PodTransition waiting(String uid, String node) {
        return pod(uid, IdentityState.STUCK, Link.SYNCHRONISED).setNode(node).build();
    }

    private static NodeTransition.Builder servedBy(String name, String replica) {
        return node(name).setServerReplica(replica).setLastSyncSuccess(at(0));
    }

    private static NodeTransition failing(NodeTransition.Builder node) {
        return node.setSyncFailingSince(at(20))
                .setSyncAttempts(4)
                .setPreviousSyncAttempt(at(40))
                .setLastSyncAttempt(at(57))
                .setFirstSyncError("context deadline exceeded")
                .setLastSyncError("context deadline exceeded")
                .build();
    }
}
