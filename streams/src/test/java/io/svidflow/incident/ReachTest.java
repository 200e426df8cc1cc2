package io.svidflow.incident;

import static io.svidflow.incident.WatchedCluster.node;
import static io.svidflow.incident.WatchedCluster.pod;
import static io.svidflow.scene.Scene.at;
import static org.assertj.core.api.Assertions.assertThat;

import io.svidflow.event.ComponentTransition;
import io.svidflow.event.CoverageTransition;
import io.svidflow.event.IdentityState;
import io.svidflow.event.Link;
import io.svidflow.event.PodTransition;
import io.svidflow.event.Scope;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** How far an incident reaches: one pod, one owner, one node, one replica of the server, or the cluster. */
class ReachTest {

    private final WatchedCluster cluster = new WatchedCluster();

    @Test
    void shouldReachOnePodAndThenItsOwner() {
        cluster.sees(0, node("node-1").setLastSyncSuccess(at(0)).build()).sees(1, unregistered("a"));
        assertThat(cluster.lastIncident().getScope()).isEqualTo(Scope.POD);

        cluster.sees(2, unregistered("b"));
        assertThat(cluster.lastIncident().getScope()).isEqualTo(Scope.OWNER);
        assertThat(cluster.lastIncident().getPods()).isEqualTo(2);
    }

    @Test
    void shouldCountAPodOnceThatWasWithoutIdentityTwice() {
        cluster.sees(0, node("node-1").setLastSyncSuccess(at(0)).build())
                .sees(1, unregistered("a"))
                .sees(10, WatchedCluster.recovered("a"))
                .sees(
                        30,
                        PodTransition.newBuilder(unregistered("a"))
                                .setSince(at(25))
                                .build());

        assertThat(cluster.lastIncident().getFindings()).hasSize(2);
        assertThat(cluster.lastIncident().getPods()).isEqualTo(1);
        assertThat(cluster.lastIncident().getScope()).isEqualTo(Scope.POD);
    }

    @ParameterizedTest
    @CsvSource({
        "agent-log/node-1, NODE, node-1",
        "agent-debug/node-1, NODE, node-1",
        "kubernetes, CLUSTER, ",
        "spire-server, CLUSTER, ",
        "server-log/spire-server-0, CLUSTER, ",
        "controller-manager-log/spire-server-0, CLUSTER, "
    })
    void shouldReachAsFarAsTheSourceThatIsSilent(String source, Scope scope, String node) {
        cluster.sees(0, server("spire-server-0")).sees(1, silent(source));

        assertThat(cluster.lastIncident().getScope()).isEqualTo(scope);
        assertThat(cluster.lastIncident().getNodes()).isEqualTo(node == null ? List.of() : List.of(node));
    }

    @Test
    void shouldReachOneReplicaWhereTheLogOfOneOfSeveralIsSilent() {
        cluster.sees(0, server("spire-server-0"))
                .sees(0, server("spire-server-1"))
                .sees(1, silent("server-log/spire-server-1"));

        assertThat(cluster.lastIncident().getScope()).isEqualTo(Scope.SERVER);
    }

    private static PodTransition unregistered(String uid) {
        return pod(uid, IdentityState.STUCK, Link.SVID_ISSUED)
                .setOwner("ReplicaSet/shop")
                .build();
    }

    private static CoverageTransition silent(String source) {
        return new CoverageTransition(source, null, true, at(1), null);
    }

    static ComponentTransition server(String pod) {
        return ComponentTransition.newBuilder()
                .setRole("SPIRE_SERVER")
                .setPodUid("uid-" + pod)
                .setNamespace("spire")
                .setPod(pod)
                .setNode("node-9")
                .setRunning(true)
                .setReady(true)
                .setSince(at(0))
                .setStopped(List.of())
                .build();
    }
}
