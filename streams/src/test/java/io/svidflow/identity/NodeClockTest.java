package io.svidflow.identity;

import static io.svidflow.scene.Bodies.agent;
import static io.svidflow.scene.Bodies.entry;
import static io.svidflow.scene.Bodies.issuing;
import static io.svidflow.scene.Bodies.node;
import static io.svidflow.scene.Bodies.pod;
import static io.svidflow.scene.Bodies.syncFailed;
import static io.svidflow.scene.Scene.NODE;
import static io.svidflow.scene.Scene.at;
import static org.assertj.core.api.Assertions.assertThat;

import io.svidflow.event.AgentSignal;
import io.svidflow.event.AgentSignalKind;
import io.svidflow.event.AgentStatus;
import io.svidflow.event.ConditionStatus;
import io.svidflow.event.PodObserved;
import io.svidflow.event.Reporter;
import org.junit.jupiter.api.Test;

/** A node that stood still, and a node whose clock is off, beside what looks like it. */
class NodeClockTest {

    private final WatchedNode watched = WatchedNode.healthy();

    private static AgentSignal synced() {
        return AgentSignal.newBuilder(agent(AgentSignalKind.SYNC_SUCCEEDED))
                .setReporter(Reporter.SERVER)
                .build();
    }

    private static AgentStatus asked(double lastSync) {
        return AgentStatus.newBuilder()
                .setUptimeSeconds(1000)
                .setCachedSvids(1)
                .setLastSyncSuccess(at(lastSync))
                .build();
    }

    private NodeClock clock() {
        return watched.records().node("lab/" + NODE).clock();
    }

    private NodeClockTest silentKubelet(double from, double until, String boot) {
        watched.sees(from, node(NODE, ConditionStatus.UNKNOWN, "boot-1"))
                .sees(until, node(NODE, ConditionStatus.TRUE, boot));
        return this;
    }

    @Test
    void shouldSeeANodeThatStoodStill() {
        watched.sees(0, synced()).sees(5, synced());
        silentKubelet(45, 154, "boot-1");
        watched.sees(155, synced());

        assertThat(clock().suspendedFrom()).isEqualTo(at(5));
        assertThat(clock().resumedAt()).isEqualTo(at(155));
    }

    @Test
    void shouldSeeItBeforeKubernetesSaysThatTheNodeIsReadyAgain() {
        watched.sees(0, synced()).sees(5, synced());
        watched.sees(45, node(NODE, ConditionStatus.UNKNOWN, "boot-1")).sees(155, agent(AgentSignalKind.SVID_EXPIRED));

        assertThat(clock().resumedAt()).isEqualTo(at(155));
    }

    @Test
    void shouldNotTakeARestartedNodeForOneThatStoodStill() {
        watched.sees(0, synced()).sees(5, synced());
        silentKubelet(45, 154, "boot-2");
        watched.sees(155, synced());

        assertThat(clock().suspendedFrom()).isNull();
    }

    @Test
    void shouldNotTakeASilentAgentForANodeThatStoodStill() {
        watched.sees(0, synced()).sees(5, synced()).sees(155, synced());

        assertThat(clock().suspendedFrom()).isNull();
    }

    @Test
    void shouldNotTakeACutNetworkForANodeThatStoodStill() {
        watched.sees(0, synced()).sees(5, synced()).sees(40, syncFailed("context deadline exceeded"));
        watched.sees(45, node(NODE, ConditionStatus.UNKNOWN, "boot-1"))
                .sees(78, syncFailed("context deadline exceeded"))
                .sees(120, syncFailed("context deadline exceeded"))
                .sees(154, node(NODE, ConditionStatus.TRUE, "boot-1"))
                .sees(155, synced());

        assertThat(clock().suspendedFrom()).isNull();
    }

    @Test
    void shouldNotTakeAQuietLogForSilenceWhereNobodyReportsTheAgentsCalls() {
        watched.sees(0, issuing("a"));
        silentKubelet(45, 154, "boot-1");
        watched.sees(155, issuing("b"));

        assertThat(clock().suspendedFrom()).isNull();
    }

    @Test
    void shouldSeeAClockThatIsAheadByAContainerThatStartsInTheFuture() {
        watched.sees(0, pod("p", 1500));

        assertThat(clock().offsetSeconds()).isEqualTo(1500);
    }

    @Test
    void shouldSeeAClockThatIsBehindByAContainerThatStartsBeforeItsPodWasCreated() {
        watched.sees(
                0, PodObserved.newBuilder(pod("p", -1500)).setCreatedAt(at(-2)).build());

        assertThat(clock().offsetSeconds()).isEqualTo(-1498);
    }

    @Test
    void shouldNotReadAClockFromAStaticPodThatRanBeforeTheApiServer() {
        watched.sees(
                0,
                PodObserved.newBuilder(pod("p", -1500))
                        .setCreatedAt(at(-2))
                        .setOwnerKind("Node")
                        .build());

        assertThat(clock().offsetSeconds()).isNull();
    }

    @Test
    void shouldSeeAClockThatIsBehindByAnEntrySignedBeforeItWasCreated() {
        watched.sees(-1500, issuing("p")).sees(0, pod("p", -1500)).sees(1, entry("p", 1));

        assertThat(clock().offsetSeconds()).isEqualTo(-1501);
    }

    @Test
    void shouldSeeAClockThatIsBehindBySynchronisationsThatLieBackByAlwaysTheSame() {
        watched.sees(0, asked(-902)).sees(10, asked(-893)).sees(20, asked(-881));

        assertThat(clock().offsetSeconds()).isBetween(-905L, -895L);

        watched.sees(30, asked(28));
        assertThat(clock().offsetSeconds()).isNull();
    }

    @Test
    void shouldNotTakeAnAgentThatCannotSynchroniseForAClockThatIsBehind() {
        for (int second = 0; second < 900; second += 10) {
            watched.sees(second, asked(-5));
        }

        assertThat(clock().offsetSeconds()).isNull();
    }

    @Test
    void shouldReadTheClockFromACertificateThatIsNotValidYet() {
        String error = "transport: authentication handshake failed: x509svid: could not verify leaf certificate: x509:"
                + " certificate has expired or is not yet valid: current time %s is before %s\"";
        watched.sees(0, syncFailed(error.formatted(at(-1800), at(-10))));

        assertThat(clock().offsetSeconds()).isEqualTo(-1790);
    }

    @Test
    void shouldNotReadAClockFromACertificateThatHasExpired() {
        watched.sees(
                0,
                syncFailed("x509: certificate has expired or is not yet valid: current time " + at(0) + " is after "
                        + at(-900)));

        assertThat(clock().offsetSeconds()).isNull();
    }
}
