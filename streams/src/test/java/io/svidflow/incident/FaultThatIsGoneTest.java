package io.svidflow.incident;

import static io.svidflow.incident.WatchedCluster.node;
import static io.svidflow.incident.WatchedCluster.pod;
import static io.svidflow.incident.WatchedCluster.stuck;
import static io.svidflow.scene.Scene.at;
import static org.assertj.core.api.Assertions.assertThat;

import io.svidflow.event.Clocks;
import io.svidflow.event.Finding;
import io.svidflow.event.IdentityState;
import io.svidflow.event.Link;
import io.svidflow.event.NodeTransition;
import io.svidflow.event.PodTransition;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What is said of a pod once its fault has gone and nothing has been seen of the pod since. */
class FaultThatIsGoneTest {

    private final WatchedCluster cluster = new WatchedCluster()
            .sees(0, node("node-1").setAgentReady(false).build())
            .sees(62, stuck("a", Link.AGENT_READY));

    @Test
    void shouldKeepItsNameUntilSomethingIsSeenOfThePod() {
        cluster.sees(72, node("node-1").build()).waits(90);
        assertThat(last().getCause()).isEqualTo("AGENT_NOT_READY");

        cluster.sees(92, stuck("a", Link.SVID_ISSUED)).waits(95);
        assertThat(last().getCause()).isEqualTo("UNKNOWN");
        assertThat(last().getHistory()).hasSize(2);
    }

    @Test
    void shouldNotBeNamedAnewOnceWhatWasMissingIsThere() {
        PodTransition mended = PodTransition.newBuilder(stuck("a", Link.AGENT_READY))
                .setProven(List.of(Link.NODE_READY, Link.AGENT_READY))
                .build();

        cluster.sees(72, mended)
                .sees(
                        75,
                        node("node-1")
                                .setAgentReady(false)
                                .setAgentReason("OOMKilled")
                                .build())
                .waits(90);

        assertThat(last().getVariant()).isNotEqualTo("OUT_OF_MEMORY");
    }

    @Test
    void shouldBeLessSureWhereWhatHasComeSinceSpeaksAgainstIt() {
        PodTransition mended = PodTransition.newBuilder(stuck("a", Link.AGENT_READY))
                .setProven(List.of(Link.NODE_READY, Link.AGENT_READY))
                .build();
        assertThat(last().getConfidence()).isGreaterThan(0.5);

        cluster.sees(70, node("node-1").build()).sees(72, mended).waits(90);

        assertThat(last().getCause()).isEqualTo("AGENT_NOT_READY");
        assertThat(last().getConfidence()).isLessThan(0.5);
    }

    @Test
    void shouldNotBeNamedAnewBeforeThePodWasLookedAtAgain() {
        PodTransition unsigned = PodTransition.newBuilder(stuck("b", Link.SVID_ISSUED))
                .setClocks(new Clocks(at(0), at(1), null, null))
                .build();
        WatchedCluster limited = new WatchedCluster()
                .sees(0, node("node-1").build())
                .sees(30, refused("node-1"))
                .sees(62, unsigned);

        limited.sees(90, node("node-1").setLastSyncSuccess(at(90)).build()).waits(105);

        assertThat(limited.told(Finding.class)).extracting(Finding::getCause).containsOnly("RATE_LIMITED");
    }

    private static NodeTransition refused(String name) {
        String error = "rejecting request due to certificate signing rate limiting";
        return node(name)
                .setSyncFailingSince(at(20))
                .setSyncAttempts(2)
                .setLastSyncAttempt(at(60))
                .setFirstSyncError(error)
                .setLastSyncError(error)
                .setSignFailingSince(at(20))
                .setSignError(error)
                .build();
    }

    @Test
    void shouldEndTheFindingWithoutClaimingARecoveryThatNobodySaw() {
        cluster.sees(72, node("node-1").build())
                .sees(75, pod("a", IdentityState.UNKNOWN, null).build())
                .waits(90);

        assertThat(last().getCause()).isEqualTo("AGENT_NOT_READY");
        assertThat(last().getState()).isEqualTo(IdentityState.UNKNOWN);
        assertThat(last().getRecoveredAt()).isNull();
        assertThat(cluster.lastIncident().getClosedAt()).isNotNull();
    }

    private Finding last() {
        List<Finding> findings = cluster.told(Finding.class);
        return findings.get(findings.size() - 1);
    }
}
