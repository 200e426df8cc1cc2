package io.svidflow.remediation;

import static io.svidflow.scene.Scene.at;
import static org.assertj.core.api.Assertions.assertThat;

import io.svidflow.event.Prediction;
import io.svidflow.event.RemediationAction;
import io.svidflow.event.ServerEvent;
import io.svidflow.event.ServerSignalKind;
import io.svidflow.event.SourceFailure;
import io.svidflow.scene.Bodies;
import io.svidflow.scene.Scene;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Nothing is changed above a layer that is not well, or has not been proven well for a minute. */
class HealthGuardsTest {

    private final Situation situation = new Situation();

    @Test
    void shouldNotActWhileTheDatastoreIsDown() {
        for (int second = 1001; second <= 1021; second += 5) {
            situation.server(
                    second, Bodies.server(ServerSignalKind.DATASTORE_ERROR, "datastore-sql: connection refused"));
        }
        situation.now = 1022;
        assertThat(situation.refusing()).containsExactly("S3 lower-layers", "S4 proven-health");
    }

    @Test
    void shouldNotActWhileTheServerCannotSign() {
        for (int second = 990; second <= 1000; second += 2) {
            situation.server(second, Bodies.server(ServerSignalKind.SIGNING_FAILED, "CA is not available"));
        }
        assertThat(situation.refusing()).contains("S3 lower-layers");
    }

    @Test
    void shouldNotActWhileAPodShowsAFaultOfALowerLayer() {
        situation.casebook.findings.put(
                "other",
                Situation.fresh("other", "node-2")
                        .setCause("TRUST_BUNDLE_MISMATCH")
                        .build());
        assertThat(situation.refusing()).containsExactly("S3 lower-layers");
    }

    @Test
    void shouldNotRestartAPodWhoseAgentIsNotWell() {
        situation.staleSocket().node("node-1", node -> node.setSyncFailingSince(at(990)));
        assertThat(situation.refusing()).containsExactly("S3 lower-layers");
    }

    @Test
    void shouldWaitForAMinuteOfProofAfterTheLastTrouble() {
        Situation shaken = new Situation(960);
        shaken.server(961, Bodies.server(ServerSignalKind.DATASTORE_ERROR, "datastore-sql: connection refused"));
        for (int second = 962; second <= 1025; second++) {
            shaken.answered(second);
            shaken.proofs.synchronised("node-2", at(second));
        }
        for (shaken.now = 1000; shaken.now < 1022; shaken.now++) {
            assertThat(shaken.refusing()).contains("S4 proven-health");
        }
        shaken.now = 1022;
        assertThat(shaken.refusing()).isEmpty();
    }

    @Test
    void shouldSayWhenTheMinuteIsOver() {
        Situation shaken = new Situation(960);
        shaken.server(961, Bodies.server(ServerSignalKind.DATASTORE_ERROR, "datastore-sql: connection refused"));
        shaken.answered(970);
        shaken.proofs.synchronised("node-2", at(975));

        assertThat(shaken.ask())
                .filteredOn(decision -> decision.getGuard().startsWith("S4"))
                .singleElement()
                .satisfies(decision -> {
                    assertThat(decision.getNextEvaluationAt()).isEqualTo(at(1035));
                    assertThat(decision.getNumbers())
                            .containsEntry("seconds", "25")
                            .containsEntry("neededSeconds", "60");
                });
    }

    @Test
    void shouldNotTakeSilenceForHealth() {
        situation.now = 1061;
        assertThat(situation.refusing()).contains("S4 proven-health");
    }

    @Test
    void shouldNeedAnotherAgentAndAListing() {
        Situation alone = new Situation();
        List.copyOf(alone.casebook.instants.keySet()).stream()
                .filter(name -> name.startsWith("proof/sync/"))
                .forEach(alone.casebook.instants::remove);
        for (int second = 900; second <= 1000; second += 20) {
            alone.proofs.synchronised("node-1", at(second));
        }
        assertThat(alone.refusing()).containsExactly("S4 proven-health");

        List.copyOf(situation.casebook.instants.keySet()).stream()
                .filter(name -> name.startsWith("proof/listing/"))
                .forEach(situation.casebook.instants::remove);
        assertThat(situation.refusing()).containsExactly("S4 proven-health");
    }

    @Test
    void shouldTakeAListingThatFailedForTrouble() {
        situation.proofs.saw(
                (ServerEvent) Scene.fact(null, 995, new SourceFailure("ListEntries", "rpc error: code = Unavailable")));
        assertThat(situation.refusing()).containsExactly("S4 proven-health");
    }

    @Test
    void shouldNotRestartAnAgentThatWouldComeBackWithNothing() {
        assertThat(new Situation()
                        .node("node-1", node -> node.setLastSyncError("received message larger than max"))
                        .refusing())
                .containsExactly("S5 harmful-here");
        assertThat(new Situation()
                        .node("node-1", node -> node.setLastSyncError("code = ResourceExhausted desc = rate limit"))
                        .refusing())
                .containsExactly("S5 harmful-here");
    }

    @Test
    void shouldNotRestartAnAgentThatTriesAgainSoon() {
        situation.finding(finding -> finding.setPrediction(new Prediction(at(1119), at(1150), 9, null)));
        assertThat(situation.refusing()).containsExactly("S5 harmful-here");
    }

    @Test
    void shouldNotRestartAnAgentThatMayNotAttestAgain() {
        assertThat(new Situation()
                        .node("node-1", node -> node.setAgentCanReattest(false))
                        .refusing())
                .containsExactly("S6 reattestation");
        assertThat(new Situation()
                        .node("node-1", node -> node.setAgentCanReattest(null))
                        .refusing())
                .containsExactly("S6 reattestation");
    }

    @Test
    void shouldGiveAFreshAgentAndABusyServerTime() {
        assertThat(new Situation()
                        .node("node-1", node -> node.setAttestedAt(at(911)))
                        .refusing())
                .containsExactly("G31 platform-settling");
        situation.server(999, Bodies.server(ServerSignalKind.CACHE_BUILDING, null));
        assertThat(situation.refusing()).contains("G31 platform-settling");
    }

    @Test
    void shouldWaitUntilTheNodeIsSteady() {
        assertThat(new Situation().node("node-1", node -> node.setReady(false)).refusing())
                .containsExactly("G16 steady-node");
        assertThat(new Situation()
                        .node("node-1", node -> node.setRecoveredAt(at(941)))
                        .refusing())
                .containsExactly("G16 steady-node");
    }

    @Test
    void shouldNotTakeItsOwnSideEffectsForAFault() {
        situation.deed(
                "d", RemediationAction.RESTART_WORKLOAD, "node-1", 790, io.svidflow.event.RemediationState.SUCCEEDED);
        assertThat(situation.refusing()).containsExactly("G15 own-side-effects");
    }

    @Test
    void shouldStayOutOfTheWayOfARollout() {
        situation.node("node-2", node -> node.setAgentStartedAt(at(900)));
        assertThat(situation.refusing()).isEmpty();
        situation.node("node-3", node -> node.setAgentStartedAt(at(950)));
        assertThat(situation.refusing()).containsExactly("G20 maintenance");
    }
}
