package io.svidflow.resync.check;

import static org.assertj.core.api.Assertions.assertThat;

import io.svidflow.event.PodRole;
import io.svidflow.event.RemediationCommand;
import io.svidflow.event.RemediationOutcome;
import io.svidflow.resync.actor.SampleCommands;
import io.svidflow.resync.scene.SeenBudget;
import io.svidflow.resync.scene.SeenRollout;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

class ChecksTest {

    private static final Instant NOW = Instant.parse("2025-02-06T00:26:00Z");

    private final SampleScene scene = new SampleScene();
    private RemediationCommand command = SampleCommands.restartAgent(NOW).build();

    @Test
    void shouldFindNothingAgainstASceneThatIsAsTheCommandSays() {
        assertThat(ask()).isEmpty();
        restartCart();
        assertThat(ask()).isEmpty();
    }

    @Test
    void shouldNotActOnAnotherBoot() {
        scene.bootId = "boot-2";
        refuses("G9 same-node", RemediationOutcome.TARGET_GONE, "boot-2");
    }

    @Test
    void shouldNotActOnANodeThatHasTakenTheName() {
        scene.nodeUid = "uid-of-another";
        refuses("G9 same-node", RemediationOutcome.TARGET_GONE, "uid-of-another");
    }

    @Test
    void shouldNotActWithoutKnowingTheBoot() {
        command = RemediationCommand.newBuilder(command).setBootId(null).build();
        refuses("G9 same-node", RemediationOutcome.REFUSED, "boot");
    }

    @Test
    void shouldNotActOnAPodThatHasTakenTheName() {
        scene.cartUid = "uid-2";
        refuses("G9 same-pods", RemediationOutcome.TARGET_GONE, "uid-2");
    }

    @Test
    void shouldNotActForAPodThatIsBeingDeleted() {
        scene.cartTerminating = true;
        refuses("G9 same-pods", RemediationOutcome.TARGET_GONE, "being deleted");
    }

    @Test
    void shouldNotActOnAnAgentThatWasRestartedSince() {
        scene.agentUid = "agent-anew";
        refuses("G9 same-pods", RemediationOutcome.TARGET_GONE, "agent-anew");
        restartCart();
        refuses("G9 same-agent", RemediationOutcome.TARGET_GONE, "agent-anew");
    }

    @Test
    void shouldDeleteAsAnAgentOnlyAnAgentOfADaemonSet() {
        scene.agentOwner = null;
        refuses("G9 same-agent", RemediationOutcome.REFUSED, "DaemonSet");
    }

    @Test
    void shouldNotActOnAnEntryThatHasChanged() {
        scene.revision = 8;
        refuses("G9 same-entry", RemediationOutcome.TARGET_GONE, "8");
        scene.revision = null;
        refuses("G9 same-entry", RemediationOutcome.TARGET_GONE, "not there");
    }

    @Test
    void shouldNotActWhileTheServerDoesNotAnswer() {
        scene.serverTrouble = "rpc error: code = Internal desc = datastore";
        refuses("S3 server-answers", RemediationOutcome.VETOED, "datastore");
    }

    @Test
    void shouldNotTakeTheFaultOfManyForTheFaultOfOne() {
        scene.nodesReady = 1;
        refuses("G18 only-this-one", RemediationOutcome.VETOED, "2 of 3 nodes");
        scene.nodesReady = 3;
        scene.otherAgentsReady = 1;
        refuses("G18 only-this-one", RemediationOutcome.VETOED, "1 of 2 other SPIRE agents");
    }

    @Test
    void shouldNotRestartTheOnlyAgent() {
        scene.otherAgents = 0;
        scene.otherAgentsReady = 0;
        refuses("S8 agent-elsewhere", RemediationOutcome.VETOED, "another node");
    }

    @Test
    void shouldNotRestartAWorkloadWhoseAgentIsNotReady() {
        restartCart();
        scene.agentReady = false;
        refuses("S8 agent-elsewhere", RemediationOutcome.REFUSED, "not Ready");
    }

    @Test
    void shouldNotTouchABannedAgentOrOneThatMayNotAttestAgain() {
        scene.banned = true;
        refuses("S6 agent-may-attest", RemediationOutcome.REFUSED, "banned");
        scene.banned = false;
        scene.canReattest = false;
        refuses("S6 agent-may-attest", RemediationOutcome.REFUSED, "may not attest");
        scene.agentKnown = false;
        refuses("S6 agent-may-attest", RemediationOutcome.REFUSED, "does not know");
    }

    @Test
    void shouldStayAwayWhereSomebodyIsAtWork() {
        scene.cordoned = true;
        refuses("G20 in-service", RemediationOutcome.REFUSED, "cordoned");
        scene.cordoned = false;
        scene.rollout = Optional.of(new SeenRollout("spire-agent", 3, 2, true));
        refuses("G20 in-service", RemediationOutcome.REFUSED, "rolled out");
        scene.rollout = Optional.empty();
        scene.nodeReady = false;
        refuses("G20 in-service", RemediationOutcome.REFUSED, "not Ready");
    }

    @Test
    void shouldTouchNothingThatIsProtected() {
        scene.controlPlane = true;
        refuses("G19 untouchable", RemediationOutcome.REFUSED, "control plane");
        scene.controlPlane = false;
        scene.namespaceLeftAlone = true;
        refuses("G19 untouchable", RemediationOutcome.REFUSED, "svidflow.io/remediation=off");
    }

    @Test
    void shouldRestartOnlyWorkloadsThatSomethingStartsAnew() {
        restartCart();
        scene.cartOwner = null;
        refuses("G19 untouchable", RemediationOutcome.REFUSED, "start it anew");
        scene.cartOwner = "Job/import";
        refuses("G19 untouchable", RemediationOutcome.REFUSED, "Job/import");
        scene.cartOwner = "ReplicaSet/cart";
        scene.cartRole = PodRole.SPIRE_SERVER;
        refuses("G19 untouchable", RemediationOutcome.REFUSED, "SPIRE_SERVER");
        scene.cartRole = PodRole.WORKLOAD;
        scene.cartCritical = true;
        refuses("G19 untouchable", RemediationOutcome.REFUSED, "system-critical");
        scene.cartCritical = false;
        assertThat(new Checks(Set.of("shop"))
                        .ask(command, scene.build())
                        .orElseThrow()
                        .because())
                .contains("protected");
    }

    @Test
    void shouldRespectDisruptionBudgets() {
        scene.budgets.add(new SeenBudget("agents", 1));
        assertThat(ask()).isEmpty();
        scene.budgets.add(new SeenBudget("all", 0));
        refuses("G19 disruption-budgets", RemediationOutcome.REFUSED, "all");
        command = SampleCommands.poke(NOW).build();
        scene.aboutAgent = false;
        assertThat(ask()).as("a poke disrupts nothing").isEmpty();
    }

    private void restartCart() {
        command = SampleCommands.restartCart(NOW).build();
        scene.aboutAgent = false;
    }

    private Optional<Refusal> ask() {
        return new Checks(Set.of("kube-system")).ask(command, scene.build());
    }

    private void refuses(String guard, RemediationOutcome outcome, String words) {
        assertThat(ask()).hasValueSatisfying(refusal -> {
            assertThat(refusal.decision().getGuard()).isEqualTo(guard);
            assertThat(refusal.outcome()).isEqualTo(outcome);
            assertThat(refusal.because()).contains(words);
        });
    }
}
