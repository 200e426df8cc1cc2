package io.svidflow.incident;

import static io.svidflow.incident.WatchedCluster.gone;
import static io.svidflow.incident.WatchedCluster.node;
import static io.svidflow.incident.WatchedCluster.recovered;
import static io.svidflow.incident.WatchedCluster.stuck;
import static io.svidflow.scene.Scene.at;
import static org.assertj.core.api.Assertions.assertThat;

import io.svidflow.event.ComponentTransition;
import io.svidflow.event.Incident;
import io.svidflow.event.Link;
import io.svidflow.event.NodeTransition;
import io.svidflow.event.Scope;
import io.svidflow.event.ServerSignalKind;
import java.util.List;
import org.junit.jupiter.api.Test;

/** One fault is one incident, from its first sign to the recovery of the last pod. */
class IncidentTrackerTest {

    private static final Link ENTRY = Link.ENTRY_PRESENT;

    private final WatchedCluster cluster = new WatchedCluster();

    @Test
    void shouldOpenADatastoreIncidentBeforeAnyPodWaits() {
        cluster.sees(0, node("node-1").build()).datastoreFails(10, 60);

        assertThat(cluster.told(Incident.class)).hasSize(1);
        assertThat(cluster.lastIncident().getCause()).isEqualTo("SERVER_DATASTORE_DOWN");
        assertThat(cluster.lastIncident().getScope()).isEqualTo(Scope.CLUSTER);
        assertThat(cluster.lastIncident().getOpenedAt()).isBetween(at(20), at(21));
    }

    @Test
    void shouldPutAllPodsOfOneFaultIntoOneIncident() {
        cluster.datastoreFails(10, 60)
                .sees(62, stuck("a", ENTRY))
                .sees(63, stuck("b", ENTRY))
                .sees(64, stuck("c", ENTRY));

        assertThat(cluster.told(Incident.class))
                .extracting(Incident::getId)
                .containsOnly(cluster.lastIncident().getId());
        assertThat(cluster.lastIncident().getPods()).isEqualTo(3);
    }

    @Test
    void shouldStayOpenUntilTheLastPodRecovered() {
        cluster.datastoreFails(10, 60)
                .sees(62, stuck("a", ENTRY))
                .sees(63, stuck("b", ENTRY))
                .server(65, ServerSignalKind.DATASTORE_ANSWERED, null)
                .sees(70, recovered("a"))
                .waits(80);
        assertThat(cluster.lastIncident().getClosedAt()).isNull();

        cluster.sees(82, recovered("b")).waits(90);
        assertThat(cluster.lastIncident().getClosedAt()).isEqualTo(at(85));
    }

    @Test
    void shouldStayOpenWhileAnAgentIsStillInBackoff() {
        NodeTransition backingOff = node("node-1")
                .setSyncFailingSince(at(12))
                .setSyncAttempts(5)
                .setPreviousSyncAttempt(at(30))
                .setLastSyncAttempt(at(60))
                .setFirstSyncError("datastore-sql: connection refused")
                .build();
        cluster.sees(0, node("node-1").build()).datastoreFails(10, 60).sees(61, backingOff);
        cluster.server(65, ServerSignalKind.DATASTORE_ANSWERED, null).waits(85);
        assertThat(cluster.lastIncident().getClosedAt()).isNull();

        cluster.sees(88, node("node-1").setLastSyncSuccess(at(88)).build()).waits(100);
        assertThat(cluster.lastIncident().getClosedAt()).isEqualTo(at(90));
    }

    @Test
    void shouldOpenTheSameIncidentAgainWithinTwoMinutes() {
        registrarFault(0);
        String first = cluster.lastIncident().getId();
        assertThat(cluster.lastIncident().getClosedAt()).isNotNull();

        registrarFault(100);
        assertThat(cluster.lastIncident().getId()).isEqualTo(first);

        registrarFault(400);
        assertThat(cluster.lastIncident().getId()).isNotEqualTo(first);
    }

    private void registrarFault(int second) {
        cluster.server(second + 1, ServerSignalKind.REGISTRAR_STOPPED, null)
                .sees(second + 2, stuck("p" + second, ENTRY))
                .sees(second + 10, recovered("p" + second))
                .waits(second + 20);
    }

    @Test
    void shouldNameTheNodeThatRanTheDatastore() {
        ComponentTransition database = ComponentTransition.newBuilder()
                .setRole("DATASTORE")
                .setPodUid("db")
                .setNamespace("spire")
                .setPod("postgres-0")
                .setNode("node-2")
                .setRunning(true)
                .setReady(true)
                .setSince(at(0))
                .setStopped(List.of())
                .build();
        cluster.sees(0, node("node-2").build())
                .sees(1, database)
                .sees(9, node("node-2").setReady(false).setNotReadySince(at(9)).build())
                .datastoreFails(10, 60);

        assertThat(cluster.lastIncident().getReasons())
                .singleElement()
                .asString()
                .startsWith("node node-2, which runs the datastore pod spire/postgres-0, has not been Ready since");
    }

    @Test
    void shouldKeepNothingOfPodsThatCameAndWent() {
        cluster.sees(1, stuck("seed", ENTRY)).sees(2, recovered("seed")).sees(3, gone("seed"));
        List<String> before = cluster.waits(300).kept();
        for (int n = 0; n < 50; n++) {
            String uid = "p" + n;
            cluster.sees(300 + 3 * n, stuck(uid, ENTRY))
                    .sees(301 + 3 * n, recovered(uid))
                    .sees(302 + 3 * n, gone(uid));
        }

        assertThat(cluster.waits(800).kept()).isEqualTo(before);
    }

    @Test
    void shouldConcludeTheSameWhenAnotherInstanceTakesOver() {
        WatchedCluster other = new WatchedCluster();
        for (WatchedCluster one : List.of(cluster, other)) {
            one.sees(0, node("node-1").build()).datastoreFails(10, 60).sees(62, stuck("a", ENTRY));
        }
        other.takenOver();
        for (WatchedCluster one : List.of(cluster, other)) {
            one.server(65, ServerSignalKind.DATASTORE_ANSWERED, null)
                    .sees(70, stuck("b", ENTRY))
                    .sees(75, recovered("a"))
                    .sees(80, recovered("b"))
                    .waits(300);
        }

        assertThat(other.told()).isEqualTo(cluster.told());
        assertThat(other.kept()).isEqualTo(cluster.kept());
    }

    @Test
    void shouldWarnOfAnAgentThatCannotRenewItsSvidBeforeAnyPodWaits() {
        cluster.sees(0, failingToRenew(3).build()).waits(59);
        assertThat(cluster.told(Incident.class)).isEmpty();

        cluster.waits(100);
        assertThat(cluster.lastIncident().getCause()).isEqualTo("AGENT_RENEWAL_FAILING");
        assertThat(cluster.lastIncident().getNodes()).containsExactly("node-1");
        assertThat(cluster.lastIncident().getClosedAt()).isNull();

        cluster.sees(101, node("node-1").build()).waits(110);
        assertThat(cluster.lastIncident().getClosedAt()).isEqualTo(at(105));
    }

    @Test
    void shouldNotWarnOfFailuresToRenewThatAreFewOrComeWithAnOutage() {
        cluster.sees(0, failingToRenew(2).build()).waits(200);
        assertThat(cluster.told(Incident.class)).isEmpty();

        cluster.datastoreFails(201, 300).sees(301, failingToRenew(3).build()).waits(310);
        assertThat(cluster.told(Incident.class)).extracting(Incident::getCause).containsOnly("SERVER_DATASTORE_DOWN");
    }

    @Test
    void shouldKeepOneIncidentWhenTheSvidRunsOut() {
        cluster.sees(0, failingToRenew(3).setAgentSvidExpiresAt(at(100)).build())
                .waits(140);
        assertThat(cluster.lastIncident().getCause()).isEqualTo("AGENT_SVID_EXPIRED");
        assertThat(cluster.lastIncident().getClosedAt()).isNull();

        cluster.sees(160, stuck("a", Link.AGENT_ATTESTED));

        assertThat(cluster.told(Incident.class))
                .extracting(Incident::getId)
                .containsOnly(cluster.lastIncident().getId());
        assertThat(cluster.lastIncident().getCause()).isEqualTo("NODE_TOKEN_REJECTED");
        assertThat(cluster.lastIncident().getPods()).isEqualTo(1);
    }

    private static NodeTransition.Builder failingToRenew(int times) {
        return node("node-1")
                .setRenewalFailingSince(at(0))
                .setRenewalFailures(times)
                .setRenewalError("nodeattestor(k8s_psat): token has expired");
    }
}
