package io.svidflow.incident;

import static io.svidflow.incident.WatchedCluster.node;
import static io.svidflow.incident.WatchedCluster.pod;
import static io.svidflow.incident.WatchedCluster.stuck;
import static org.assertj.core.api.Assertions.assertThat;

import io.svidflow.event.Finding;
import io.svidflow.event.IdentityState;
import io.svidflow.event.Link;
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
