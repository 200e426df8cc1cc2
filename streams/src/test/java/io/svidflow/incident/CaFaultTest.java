package io.svidflow.incident;

import static io.svidflow.incident.WatchedCluster.stuck;
import static io.svidflow.scene.Scene.at;
import static org.assertj.core.api.Assertions.assertThat;

import io.svidflow.event.Finding;
import io.svidflow.event.Incident;
import io.svidflow.event.Link;
import io.svidflow.event.ServerSignalKind;
import java.util.List;
import org.junit.jupiter.api.Test;

/** A CA that cannot be renewed: an incident long before it has expired and pods wait. */
class CaFaultTest {

    private static final String UPSTREAM = "unable to mint CA certificate: upstream authority does not answer";

    private final WatchedCluster cluster =
            new WatchedCluster().sees(0, WatchedCluster.node("node-1").build());

    @Test
    void shouldTellOfACaThatCannotBeRenewedBeforeAnyPodWaits() {
        rotationFails(10, 50).waits(55);

        assertThat(cluster.lastIncident().getCause()).isEqualTo("SERVER_CA_FAULT");
        assertThat(cluster.lastIncident().getPods()).isZero();
        assertThat(cluster.lastIncident().getEvidence())
                .singleElement()
                .extracting(evidence -> evidence.getText())
                .asString()
                .contains("cannot renew its CA", UPSTREAM);
    }

    @Test
    void shouldEndWhenTheCaIsThere() {
        rotationFails(10, 50).server(58, ServerSignalKind.CA_READY, null).waits(65);

        assertThat(cluster.lastIncident().getClosedAt()).isEqualTo(at(60));
    }

    @Test
    void shouldCountThePodsThatWaitForTheSameCa() {
        rotationFails(10, 100);
        String expired = "Failed to sign X509-SVID: X509 CA has already expired as of";
        for (int second = 101; second < 130; second += 5) {
            cluster.server(second, ServerSignalKind.SIGNING_FAILED, expired);
        }
        cluster.sees(131, stuck("a", Link.SVID_ISSUED)).waits(140);

        List<Finding> findings = cluster.told(Finding.class);
        assertThat(findings.get(findings.size() - 1).getCause()).isEqualTo("SERVER_CA_FAULT");
        assertThat(cluster.told(Incident.class))
                .extracting(Incident::getId)
                .containsOnly(findings.get(findings.size() - 1).getIncidentId());
    }

    @Test
    void shouldNotTellOfOneFailure() {
        cluster.server(10, ServerSignalKind.CA_ROTATION_FAILED, UPSTREAM).waits(300);

        assertThat(cluster.told(Incident.class)).isEmpty();
    }

    @Test
    void shouldBlameTheDatastoreForACaThatCannotBeStored() {
        for (int second = 5; second <= 60; second += 5) {
            cluster.datastoreFails(second, second).server(second, ServerSignalKind.CA_ROTATION_FAILED, UPSTREAM);
        }
        cluster.waits(100);

        assertThat(cluster.told(Incident.class)).extracting(Incident::getCause).containsOnly("SERVER_DATASTORE_DOWN");
    }

    /** The server tries every ten seconds. */
    private WatchedCluster rotationFails(int from, int until) {
        for (int second = from; second <= until; second += 10) {
            cluster.server(second, ServerSignalKind.CA_ROTATION_FAILED, UPSTREAM);
        }
        return cluster;
    }
}
