package io.svidflow.incident;

import static io.svidflow.incident.WatchedCluster.node;
import static io.svidflow.incident.WatchedCluster.recovered;
import static io.svidflow.incident.WatchedCluster.stuck;
import static io.svidflow.scene.Scene.at;
import static org.assertj.core.api.Assertions.assertThat;

import io.svidflow.event.Link;
import io.svidflow.event.ProofGrade;
import io.svidflow.event.Remediation;
import io.svidflow.event.RemediationAction;
import io.svidflow.event.RemediationCommand;
import io.svidflow.event.RemediationState;
import io.svidflow.event.ServerSignalKind;
import org.junit.jupiter.api.Test;

/** What is planned, and when it counts as a success. */
class RemediationTest {

    private final WatchedCluster cluster = new WatchedCluster();

    @Test
    void shouldTellAPersonOnceWhereWaitingDoesNotHelp() {
        cluster.sees(60, stuck("p", Link.ENTRY_PRESENT)).waits(300);

        assertThat(cluster.told(RemediationCommand.class)).singleElement().satisfies(command -> {
            assertThat(command.getAction()).isEqualTo(RemediationAction.NOTIFY);
            assertThat(command.getPodUid()).isEqualTo("p");
            assertThat(command.getExpiresAt()).isEqualTo(at(60 + 15 * 60));
        });
    }

    @Test
    void shouldWaitForAnAgentWhoseNextAttemptIsKnown() {
        cluster.sees(
                60,
                node("node-1")
                        .setSyncFailingSince(at(10))
                        .setSyncAttempts(5)
                        .setPreviousSyncAttempt(at(20))
                        .setLastSyncAttempt(at(50))
                        .setLastSyncError("connection refused")
                        .build());
        cluster.server(61, ServerSignalKind.DATASTORE_ANSWERED, null).sees(62, stuck("p", Link.SYNCHRONISED));

        assertThat(cluster.told(RemediationCommand.class)).singleElement().satisfies(command -> {
            assertThat(command.getAction()).isEqualTo(RemediationAction.WAIT);
            assertThat(command.getExpiresAt())
                    .isEqualTo(command.getPrediction().getNotAfter().plusSeconds(60));
        });
    }

    @Test
    void shouldNotClaimARecoveryThatItOnlyTold() {
        cluster.sees(60, stuck("p", Link.ENTRY_PRESENT))
                .sees(70, recovered("q"))
                .waits(80);
        assertThat(cluster.told(Remediation.class))
                .extracting(Remediation::getState)
                .containsOnly(RemediationState.OPEN);

        cluster.sees(90, recovered("p"));
        assertThat(cluster.told(Remediation.class)).last().satisfies(remediation -> {
            assertThat(remediation.getState()).isEqualTo(RemediationState.RECOVERED_WITHOUT_US);
            assertThat(remediation.getProof()).isEqualTo(ProofGrade.ISSUED);
        });
    }

    @Test
    void shouldExpireWhenNothingHelped() {
        cluster.sees(60, stuck("p", Link.ENTRY_PRESENT)).waits(60 + 15 * 60 + 10);

        assertThat(cluster.told(Remediation.class))
                .extracting(Remediation::getState)
                .contains(RemediationState.EXPIRED);
    }

    @Test
    void shouldGiveTheSameFindingTheSameCommand() {
        cluster.sees(60, stuck("p", Link.ENTRY_PRESENT));
        WatchedCluster again = new WatchedCluster().sees(60, stuck("p", Link.ENTRY_PRESENT));

        assertThat(cluster.told(RemediationCommand.class)).isEqualTo(again.told(RemediationCommand.class));
    }
}
