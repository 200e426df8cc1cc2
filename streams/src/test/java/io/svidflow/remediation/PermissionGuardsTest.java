package io.svidflow.remediation;

import static io.svidflow.scene.Scene.at;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.svidflow.event.ComponentTransition;
import io.svidflow.event.ControlKind;
import io.svidflow.event.GuardDecision;
import io.svidflow.event.HeadlineChange;
import io.svidflow.event.IdentityState;
import io.svidflow.event.Incident;
import io.svidflow.event.Scope;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Who may do what at all: guards that ask for leave, for knowledge and for certainty. */
class PermissionGuardsTest {

    private final Situation situation = new Situation();

    @Test
    void shouldLetPassWhatNobodyObjectsTo() {
        assertThat(situation.refusing()).isEmpty();
        assertThat(new Situation().staleSocket().refusing()).isEmpty();
    }

    @Test
    void shouldNeverTouchABannedAgentOrOneThatMayNotAttestAgain() {
        for (String cause : List.of("AGENT_BANNED", "NODE_ATTEST_TOFU_LOCKED")) {
            Situation never = new Situation().modes(cause + "=act");
            never.finding(finding -> finding.setCause(cause));
            assertThat(never.refusing()).containsExactly("S1 never-remedied");
        }
        situation.node("node-1", node -> node.setBanned(true));
        assertThat(situation.refusing()).contains("S1 never-remedied");
    }

    @Test
    void shouldDoNothingThatNobodyAllowed() {
        assertThat(new Situation().modes("").refusing()).containsExactly("G1 mode");
        assertThat(new Situation().modes("AGENT_SYNC_BACKOFF=observe").refusing())
                .containsExactly("G1 mode");
        assertThat(new Situation().modes("AGENT_SYNC_BACKOFF=suggest").refusing())
                .containsExactly("G1 mode");
        assertThat(new Situation().modes("AGENT_SYNC_BACKOFF/elsewhere=act").refusing())
                .containsExactly("G1 mode");
        assertThat(new Situation().modes("other:AGENT_SYNC_BACKOFF=act").refusing())
                .containsExactly("G1 mode");
        Situation approved = new Situation().modes("AGENT_SYNC_BACKOFF=suggest");
        approved.approvedBy = "ada";
        assertThat(approved.refusing()).isEmpty();
    }

    @Test
    void shouldSayWhatItWouldDoWhereItOnlyObserves() {
        GuardDecision mode = new Situation().modes("").ask().get(1);

        assertThat(mode.getBecause()).contains("is observe", "delete agent pod spire/agent-node-1 on node-1");
    }

    @Test
    void shouldActOnlyWithinANamedScope() {
        situation.finding(finding -> finding.setPodUid(""));
        assertThat(situation.refusing()).contains("G2 named-scope");
        assertThatThrownBy(() -> Modes.parse("*=act")).hasMessageContaining("name each cause");
        assertThatThrownBy(() -> Modes.parse("AGENT_SYNC_BACKOFF/=act")).hasMessageContaining("empty scope");
    }

    @Test
    void shouldPlanNothingThatCannotBeSigned() {
        situation.signs = false;
        assertThat(situation.refusing()).containsExactly("G30 signing-key");
    }

    @Test
    void shouldRespectAPauseUntilItEnds() {
        situation.wishes(
                Situation.control(ControlKind.PAUSE).setExpiresAt(at(1100)).build());
        assertThat(situation.refusing()).containsExactly("G20 pauses");
        assertThat(situation.ask().get(4).getNextEvaluationAt()).isEqualTo(at(1100));
        assertThat(situation.ask().get(4).getBecause()).contains("ada", "because");

        situation.wishes(Situation.control(ControlKind.RESUME).build());
        assertThat(situation.refusing()).isEmpty();

        Situation over = new Situation();
        over.wishes(Situation.control(ControlKind.PAUSE).setExpiresAt(at(900)).build());
        assertThat(over.refusing()).isEmpty();
        Situation elsewhere = new Situation();
        elsewhere.wishes(
                Situation.control(ControlKind.PAUSE).setNamespace("shop").build());
        assertThat(elsewhere.refusing()).isEmpty();
    }

    @Test
    void shouldLeaveAloneWhatItDoesNotKnow() {
        situation.casebook.nodes.remove("node-1");
        assertThat(situation.refusing()).contains("G23 known-subject");
        assertThat(situation.ask()).extracting(GuardDecision::getGuard).doesNotContain("G32 fail-closed");

        Situation gone = new Situation();
        gone.casebook.pods.clear();
        assertThat(gone.refusing()).containsExactly("G23 known-subject");
    }

    @Test
    void shouldActOnlyOnWhatTheActorCanCheckAgain() {
        assertThat(new Situation().node("node-1", node -> node.setBootId(null)).refusing())
                .containsExactly("G9 preconditions");
        assertThat(new Situation()
                        .node("node-1", node -> node.setAgentPodUid(null))
                        .refusing())
                .contains("G9 preconditions");
        assertThat(new Situation().node("node-1", node -> node.setAgentId(null)).refusing())
                .containsExactly("G9 preconditions");
    }

    @Test
    void shouldNotTakeMissingDataForAReason() {
        assertThat(new Situation().node("node-1", node -> node.setReady(null)).refusing())
                .contains("G27 seen-enough");
        assertThat(new Situation()
                        .finding(finding -> finding.setState(IdentityState.UNKNOWN))
                        .refusing())
                .containsExactly("G27 seen-enough");
        situation.casebook.incidents.add(Incident.newBuilder()
                .setId("i")
                .setCluster("lab")
                .setCause("COVERAGE_LOST")
                .setScope(Scope.CLUSTER)
                .setNodes(List.of())
                .setFindings(List.of())
                .setPods(0)
                .setOpenedAt(at(990))
                .setUpdatedAt(at(990))
                .setReasons(List.of())
                .setEvidence(List.of())
                .setHistory(List.of())
                .setRevision(1)
                .build());
        assertThat(situation.refusing()).containsExactly("G27 seen-enough");
    }

    @Test
    void shouldActOnlyOnALikelyHeadlineThatHasStood() {
        assertThat(new Situation()
                        .finding(finding -> finding.setConfidence(0.74))
                        .refusing())
                .containsExactly("S2 certainty");
        assertThat(new Situation()
                        .finding(finding ->
                                finding.setHistory(List.of(new HeadlineChange(at(980), "AGENT_SYNC_BACKOFF"))))
                        .refusing())
                .containsExactly("S2 certainty");
    }

    @Test
    void shouldProtectTheControlPlaneAndSpireItself() {
        Situation system = new Situation().staleSocket();
        system.finding(finding -> finding.setNamespace("kube-system"));
        assertThat(system.refusing()).containsExactly("G19 protected-scope");

        Situation server = new Situation().staleSocket();
        server.casebook.components.add(ComponentTransition.newBuilder()
                .setRole("SPIRE_SERVER")
                .setPodUid("waiting")
                .setNamespace("app")
                .setPod("waiting")
                .setNode("node-1")
                .setRunning(true)
                .setReady(true)
                .setSince(at(0))
                .setStopped(List.of())
                .setGone(false)
                .build());
        assertThat(server.refusing()).containsExactly("G19 protected-scope");
    }

    @Test
    void shouldNotActOnThePast() {
        situation.behind = Duration.ofSeconds(61);
        assertThat(situation.refusing()).containsExactly("G8 fresh-facts");
        situation.behind = Duration.ofSeconds(60);
        assertThat(situation.refusing()).isEmpty();
    }
}
