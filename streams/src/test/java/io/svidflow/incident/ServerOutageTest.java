package io.svidflow.incident;

import static io.svidflow.incident.WatchedCluster.node;
import static io.svidflow.incident.WatchedCluster.stuck;
import static io.svidflow.scene.Scene.at;
import static org.assertj.core.api.Assertions.assertThat;

import io.svidflow.event.Finding;
import io.svidflow.event.Incident;
import io.svidflow.event.Link;
import io.svidflow.event.NodeTransition;
import io.svidflow.event.ServerSignal;
import io.svidflow.event.ServerSignalKind;
import io.svidflow.event.SourceFailure;
import java.time.Instant;
import org.junit.jupiter.api.Test;

/** A server that falls silent and comes back: what it could not be asked is its own outage, and nobody else's. */
class ServerOutageTest {

    private static final String TIMED_OUT = "rpc error: code = DeadlineExceeded desc = context deadline exceeded";

    private final WatchedCluster cluster = new WatchedCluster();

    @Test
    void shouldNotBlameTheRegistrarForItsSilenceWhileTheServerIsSilent() {
        frozen();

        assertThat(lastFinding().getCause()).isEqualTo("SERVER_UNREACHABLE");
        assertThat(lastFinding().getAlternatives())
                .extracting(other -> other.getCause())
                .doesNotContain("REGISTRAR_DOWN");
        assertThat(cluster.lastIncident().getCause()).isEqualTo("SERVER_UNREACHABLE");
    }

    @Test
    void shouldRememberTheOutageWhenTheAgentsHaveForgottenTheirFailures() {
        frozen();
        cluster.server(131, call());
        for (String name : new String[] {"node-1", "node-2", "node-3"}) {
            cluster.sees(133, node(name).setLastSyncSuccess(at(133)).build());
        }
        cluster.server(141, call()).waits(150);

        assertThat(lastFinding().getCause()).isEqualTo("SERVER_UNREACHABLE");
        assertThat(cluster.told(Incident.class)).extracting(Incident::getCause).containsOnly("SERVER_UNREACHABLE");
    }

    @Test
    void shouldBeginTheOutageWithTheLastAnswerAndNotWithTheFirstTimeout() {
        frozen();

        assertThat(cluster.lastIncident().getEvidence().get(0).getAt()).isEqualTo(at(30));
    }

    @Test
    void shouldNotTakePollsAloneForAnOutage() {
        cluster.sees(0, node("node-1").build()).server(0, call());
        for (int now = 10; now <= 90; now += 10) {
            cluster.poll(now, new SourceFailure("ListEntries", "Deadline Exceeded"));
        }

        assertThat(cluster.told(Incident.class)).isEmpty();
    }

    @Test
    void shouldTakePollsAndOneAgentForAnOutage() {
        cluster.sees(0, node("node-1").build())
                .sees(0, node("node-2").build())
                .sees(0, node("node-3").build())
                .server(0, call());
        for (int now = 10; now <= 60; now += 10) {
            cluster.poll(now, new SourceFailure("ListEntries", "Deadline Exceeded"));
        }
        cluster.sees(61, failing("node-1", 1)).waits(62);

        assertThat(cluster.lastIncident().getCause()).isEqualTo("SERVER_UNREACHABLE");
    }

    @Test
    void shouldTakeASocketThatIsGoneForAServerThatDoesNotAnswer() {
        cluster.sees(0, node("node-1").build())
                .sees(0, node("node-2").build())
                .sees(0, node("node-3").build())
                .server(0, call());
        for (int now = 10; now <= 60; now += 10) {
            cluster.poll(
                    now,
                    new SourceFailure(
                            "ListEntries",
                            "rpc error: code = Unavailable desc = io exception: no such file or"
                                    + " directory (after 3 ms)"));
        }
        cluster.sees(61, failing("node-1", 1)).waits(62);

        assertThat(cluster.lastIncident().getCause()).isEqualTo("SERVER_UNREACHABLE");
    }

    @Test
    void shouldTakePollsAndTheRegistrarsSilenceForAnOutageOfTheServer() {
        cluster.sees(0, node("node-1").build());
        for (int second = 0; second < 40; second += 10) {
            cluster.server(second, call());
        }
        for (int now = 35; now <= 95; now += 10) {
            cluster.poll(now, new SourceFailure("ListEntries", "Deadline Exceeded"));
        }
        cluster.sees(95, stuck("a", Link.ENTRY_PRESENT)).waits(100);

        assertThat(lastFinding().getCause()).isEqualTo("SERVER_UNREACHABLE");
        assertThat(lastFinding().getAlternatives())
                .as("it cannot call a server that hangs")
                .extracting(other -> other.getCause())
                .doesNotContain("REGISTRAR_DOWN");
        assertThat(cluster.lastIncident().getEvidence().get(0).getText())
                .contains("polls of its API got no answer", "spire-controller-manager");

        cluster.server(110, call()).waits(120);
        assertThat(lastFinding().getCause())
                .as("it is remembered when it is over")
                .isEqualTo("SERVER_UNREACHABLE");
    }

    @Test
    void shouldTakePollsAndTheSilenceOfAllAgentsForAnOutageOfTheServer() {
        unserved(true, true).waits(120);

        assertThat(cluster.lastIncident().getCause()).isEqualTo("SERVER_UNREACHABLE");
        assertThat(cluster.lastIncident().getEvidence().get(0).getText()).contains("none of 2 agents");
    }

    @Test
    void shouldNotTakeTheSilenceOfOneAgentOfTwoForAnOutageOfTheServer() {
        unserved(true, false).waits(120);

        assertThat(cluster.told(Incident.class)).isEmpty();
    }

    private WatchedCluster unserved(boolean... silent) {
        for (int node = 0; node < silent.length; node++) {
            cluster.sees(0, served(node, null));
        }
        cluster.server(0, call());
        for (int now = 10; now <= 90; now += 10) {
            cluster.poll(now, new SourceFailure("ListEntries", "Deadline Exceeded"));
        }
        for (int node = 0; node < silent.length; node++) {
            cluster.sees(95, served(node, silent[node] ? at(5) : null));
        }
        return cluster;
    }

    private static NodeTransition served(int number, Instant unservedSince) {
        return node("node-" + number)
                .setReady(true)
                .setLastSyncSuccess(at(5))
                .setUnservedSince(unservedSince)
                .build();
    }

    /** The registrar calls every ten seconds until the server is suspended at second 30; an agent's call takes 30 s to fail. */
    private void frozen() {
        for (int second = 0; second < 40; second += 10) {
            cluster.server(second, call());
        }
        cluster.sees(65, failing("node-1", 1)).sees(66, failing("node-2", 1)).sees(67, failing("node-3", 1));
        cluster.sees(90, stuck("a", Link.ENTRY_PRESENT)).waits(130);
    }

    private static NodeTransition failing(String name, int attempts) {
        return node(name)
                .setSyncFailingSince(at(65))
                .setSyncAttempts(attempts)
                .setLastSyncAttempt(at(65))
                .setFirstSyncError(TIMED_OUT)
                .setLastSyncError(TIMED_OUT)
                .build();
    }

    private static ServerSignal call() {
        return ServerSignal.newBuilder()
                .setKind(ServerSignalKind.DATASTORE_ANSWERED)
                .setCaller("/opt/spire/bin/spire-controller-manager")
                .setMethod("ListEntries")
                .build();
    }

    private Finding lastFinding() {
        var findings = cluster.told(Finding.class);
        return findings.get(findings.size() - 1);
    }
}
