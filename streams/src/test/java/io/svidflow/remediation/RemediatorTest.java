package io.svidflow.remediation;

import static io.svidflow.scene.Scene.at;
import static org.assertj.core.api.Assertions.assertThat;

import io.svidflow.event.ControlKind;
import io.svidflow.event.Finding;
import io.svidflow.event.IdentityState;
import io.svidflow.event.NodeTransition;
import io.svidflow.event.ProofGrade;
import io.svidflow.event.Remediation;
import io.svidflow.event.RemediationAction;
import io.svidflow.event.RemediationCommand;
import io.svidflow.event.RemediationOutcome;
import io.svidflow.event.RemediationRefusal;
import io.svidflow.event.RemediationResult;
import io.svidflow.event.RemediationRun;
import io.svidflow.event.RemediationState;
import java.util.ArrayList;
import java.util.List;
import org.apache.avro.specific.SpecificRecord;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** From a finding to a command, to its answer, to the proof that it helped; or not. */
class RemediatorTest {

    private Situation situation = new Situation();
    private Remediator remediator;
    private final List<SpecificRecord> told = new ArrayList<>();

    @BeforeEach
    void begin() {
        remediator = new Remediator(situation.casebook, situation.policy());
        for (int second = 1020; second <= 1500; second += 20) {
            situation.answered(second);
            situation.proofs.synchronised("node-2", at(second));
        }
    }

    private void with(Situation other) {
        situation = other;
        begin();
    }

    @Test
    void shouldIssueOneCommandWithEverythingThatAnActorHasToCheck() {
        review(Situation.NOW);

        assertThat(changes()).singleElement().satisfies(command -> {
            assertThat(command.getAction()).isEqualTo(RemediationAction.RESTART_AGENT);
            assertThat(command.getTarget().getNamespace()).isEqualTo("spire");
            assertThat(command.getTarget().getName()).isEqualTo("agent-node-1");
            assertThat(command.getTarget().getUid()).isEqualTo("uid-agent-node-1");
            assertThat(command.getBootId()).isEqualTo("boot-node-1");
            assertThat(command.getNodeUid()).isEqualTo("uid-node-1");
            assertThat(command.getAgentId()).endsWith("node-1");
            assertThat(command.getPodUid()).isEqualTo("waiting");
            assertThat(command.getEntryId()).isEqualTo("entry-waiting");
            assertThat(command.getEntryRevision()).isEqualTo(3L);
            assertThat(command.getRung()).isEqualTo(1);
            assertThat(command.getAttempt()).isEqualTo(1);
            assertThat(command.getMode()).isEqualTo("act");
            assertThat(command.getRun()).isEqualTo(RemediationRun.LIVE);
            assertThat(command.getExpiresAt()).isEqualTo(at(Situation.NOW + 60));
            assertThat(command.getBudget().getUsed()).isEqualTo(1);
            assertThat(command.getBudget().getLimit()).isEqualTo(3);
            assertThat(command.getGuards()).allMatch(decision -> decision.getPassed());
            assertThat(command.getIssuer()).isEqualTo("svidflow-incident");
        });
    }

    @Test
    void shouldReserveTheBudgetWithTheCommandAndIssueItOnce() {
        review(Situation.NOW);
        review(Situation.NOW + 5);
        review(Situation.NOW + 10);

        assertThat(changes()).hasSize(1);
        assertThat(new Budgets(situation.casebook, situation.policy())
                        .next(RemediationAction.RESTART_AGENT, at(Situation.NOW + 10))
                        .orElseThrow()
                        .getUsed())
                .isEqualTo(2);
    }

    @Test
    void shouldReplaceTheWeakerRemedy() {
        review(Situation.NOW);

        assertThat(last(RemediationAction.WAIT).getState()).isEqualTo(RemediationState.SUPERSEDED);
    }

    @Test
    void shouldChangeNothingByDefaultAndSayWhatItCould() {
        with(new Situation().modes(""));
        situation.finding(finding -> finding.setPrediction(null));
        review(Situation.NOW);
        review(Situation.NOW + 5);

        assertThat(changes()).isEmpty();
        assertThat(told(RemediationCommand.class)).singleElement().satisfies(command -> {
            assertThat(command.getAction()).isEqualTo(RemediationAction.NOTIFY);
            assertThat(command.getReason()).contains("with mode act, svidflow could delete agent pod");
        });
        assertThat(told(RemediationRefusal.class)).singleElement().satisfies(refusal -> assertThat(
                        refusal.getRefusal().getGuard())
                .isEqualTo("G1 mode"));
    }

    @Test
    void shouldTellARefusalAgainOnlyWhenItsReasonChanges() {
        remediator.behind(java.time.Duration.ofSeconds(100));
        for (int second = 0; second < 60; second += 5) {
            review(Situation.NOW + second);
            remediator.behind(java.time.Duration.ofSeconds(100 + second));
        }
        assertThat(told(RemediationRefusal.class)).hasSize(1);

        remediator.behind(java.time.Duration.ZERO);
        situation.node("node-1", node -> node.setAgentCanReattest(null));
        review(Situation.NOW + 65);
        assertThat(told(RemediationRefusal.class))
                .extracting(refusal -> refusal.getRefusal().getGuard())
                .containsExactly("G8 fresh-facts", "S6 reattestation");
    }

    @Test
    void shouldClaimASuccessOnlyForAnIdentityAfterTheDeed() {
        review(Situation.NOW);
        answer(Situation.NOW + 2, RemediationOutcome.ACCEPTED);
        answer(Situation.NOW + 3, RemediationOutcome.EXECUTED);
        assertThat(last(RemediationAction.RESTART_AGENT).getState()).isEqualTo(RemediationState.EXECUTED);

        recovers(Situation.NOW + 20);

        assertThat(last(RemediationAction.RESTART_AGENT)).satisfies(remediation -> {
            assertThat(remediation.getState()).isEqualTo(RemediationState.SUCCEEDED);
            assertThat(remediation.getProof()).isEqualTo(ProofGrade.FETCHED);
            assertThat(remediation.getSavedSeconds()).isEqualTo(240);
            assertThat(remediation.getHistory())
                    .extracting(step -> step.getState())
                    .containsExactly(
                            RemediationState.OPEN,
                            RemediationState.OPEN,
                            RemediationState.EXECUTED,
                            RemediationState.SUCCEEDED);
        });
    }

    @Test
    void shouldNotClaimARecoveryBeforeTheDeed() {
        review(Situation.NOW);
        recovers(Situation.NOW + 2);
        assertThat(last(RemediationAction.RESTART_AGENT).getState()).isEqualTo(RemediationState.OPEN);

        answer(Situation.NOW + 5, RemediationOutcome.EXECUTED);

        assertThat(last(RemediationAction.RESTART_AGENT).getState()).isEqualTo(RemediationState.RECOVERED_WITHOUT_US);
    }

    @Test
    void shouldClaimARecoveryThatIsHeardOfBeforeTheDeed() {
        review(Situation.NOW);
        recovers(Situation.NOW + 20);
        RemediationResult late = RemediationResult.newBuilder(result(Situation.NOW + 21, RemediationOutcome.EXECUTED))
                .setExecutedAt(at(Situation.NOW + 3))
                .build();
        told.addAll(remediator.answered(late));

        assertThat(last(RemediationAction.RESTART_AGENT).getState()).isEqualTo(RemediationState.SUCCEEDED);
    }

    @Test
    void shouldNotClaimWhatWasOnlyWaitedFor() {
        with(new Situation().modes(""));
        review(Situation.NOW);
        recovers(Situation.NOW + 230);

        assertThat(last(RemediationAction.WAIT)).satisfies(remediation -> {
            assertThat(remediation.getState()).isEqualTo(RemediationState.RECOVERED_WITHOUT_US);
            assertThat(remediation.getSavedSeconds()).isNull();
        });
    }

    @Test
    void shouldCallAPersonWhereTheRemedyDidNotHelp() {
        review(Situation.NOW);
        answer(Situation.NOW + 3, RemediationOutcome.EXECUTED);
        review(Situation.NOW + 185);

        assertThat(last(RemediationAction.RESTART_AGENT).getState()).isEqualTo(RemediationState.FAILED);
        situation.finding(finding -> finding.setPrediction(null));
        review(Situation.NOW + 190);
        assertThat(told(RemediationCommand.class))
                .last()
                .extracting(RemediationCommand::getAction)
                .isEqualTo(RemediationAction.NOTIFY);
        assertThat(changes()).hasSize(1);
    }

    @Test
    void shouldNotTryAgainWhatNobodyKnowsTheEndOf() {
        review(Situation.NOW);
        answer(Situation.NOW + 2, RemediationOutcome.ACCEPTED);
        review(Situation.NOW + 125);

        assertThat(last(RemediationAction.RESTART_AGENT).getState()).isEqualTo(RemediationState.AMBIGUOUS);
        review(Situation.NOW + 300);
        assertThat(changes()).hasSize(1);
    }

    @Test
    void shouldTryAgainUnderTheSameIdWhatWasProvenNotToBeDone() {
        review(Situation.NOW);
        answer(Situation.NOW + 2, RemediationOutcome.REFUSED);
        review(Situation.NOW + 30);
        assertThat(changes()).hasSize(1);

        review(Situation.NOW + 63);

        assertThat(changes()).hasSize(2);
        assertThat(changes())
                .extracting(RemediationCommand::getId)
                .containsOnly(changes().get(0).getId());
        assertThat(changes()).extracting(RemediationCommand::getAttempt).containsExactly(1, 2);
    }

    @Test
    void shouldEndWhatNobodyAnswered() {
        review(Situation.NOW);
        review(Situation.NOW + 120);
        assertThat(last(RemediationAction.RESTART_AGENT).getState()).isEqualTo(RemediationState.OPEN);
        review(Situation.NOW + 125);

        assertThat(last(RemediationAction.RESTART_AGENT).getState()).isEqualTo(RemediationState.EXPIRED);
        review(Situation.NOW + 400);
        assertThat(changes()).hasSize(1);
    }

    @Test
    void shouldCountWhatWasDoneWhenNobodyWaitedForItAnyMore() {
        review(Situation.NOW);
        String id = changes().get(0).getId();
        review(Situation.NOW + 125);
        answer(Situation.NOW + 130, RemediationOutcome.EXECUTED);
        assertThat(situation.casebook.past.get(id).getExecutedAt()).isEqualTo(at(Situation.NOW + 130));

        RemediationResult stranger = RemediationResult.newBuilder(result(500, RemediationOutcome.EXECUTED))
                .setCommandId("nobody's")
                .setNode("node-4")
                .build();
        told.addAll(remediator.answered(stranger));
        assertThat(Deeds.of(situation.casebook)).hasSize(2);
    }

    @Test
    void shouldSuggestAndActOnlyOnceApproved() {
        with(new Situation().modes("AGENT_SYNC_BACKOFF=suggest"));
        review(Situation.NOW);
        assertThat(changes()).isEmpty();
        assertThat(last(RemediationAction.RESTART_AGENT).getState()).isEqualTo(RemediationState.AWAITING_APPROVAL);
        String id = last(RemediationAction.RESTART_AGENT).getCommandId();

        wish(Situation.NOW + 10, ControlKind.APPROVE, id);

        assertThat(changes()).singleElement().satisfies(command -> {
            assertThat(command.getId()).isEqualTo(id);
            assertThat(command.getMode()).isEqualTo("act");
            assertThat(command.getApprovedBy()).isEqualTo("ada");
            assertThat(command.getBudget()).isNotNull();
        });
    }

    @Test
    void shouldAskTheGuardsAgainWhenAPersonApproves() {
        with(new Situation().modes("AGENT_SYNC_BACKOFF=suggest"));
        review(Situation.NOW);
        String id = last(RemediationAction.RESTART_AGENT).getCommandId();
        situation.node("node-1", node -> node.setBanned(true));

        wish(Situation.NOW + 10, ControlKind.APPROVE, id);

        assertThat(changes()).isEmpty();
        assertThat(told(RemediationRefusal.class)).last().satisfies(refusal -> assertThat(
                        refusal.getRefusal().getGuard())
                .isEqualTo("S1 never-remedied"));
    }

    @Test
    void shouldNotSuggestAgainWhatWasRejected() {
        with(new Situation().modes("AGENT_SYNC_BACKOFF=suggest"));
        review(Situation.NOW);
        String id = last(RemediationAction.RESTART_AGENT).getCommandId();
        wish(Situation.NOW + 10, ControlKind.REJECT, id);
        review(Situation.NOW + 20);

        assertThat(last(RemediationAction.RESTART_AGENT)).satisfies(remediation -> {
            assertThat(remediation.getState()).isEqualTo(RemediationState.REJECTED);
            assertThat(remediation.getOperator()).isEqualTo("ada");
        });
        wish(Situation.NOW + 30, ControlKind.APPROVE, id);
        assertThat(changes()).isEmpty();
    }

    @Test
    void shouldTakeTheLastWordOfAnOperatorBeforeTheSettings() {
        told.addAll(remediator.wished(
                Situation.control(ControlKind.SET_MODE).setMode("observe").build(), at(Situation.NOW)));
        review(Situation.NOW);
        assertThat(changes()).isEmpty();

        told.addAll(remediator.wished(
                Situation.control(ControlKind.SET_MODE)
                        .setMode("act")
                        .setCause("AGENT_SYNC_BACKOFF")
                        .setAt(at(Situation.NOW + 1))
                        .build(),
                at(Situation.NOW + 1)));
        review(Situation.NOW + 5);
        assertThat(changes()).hasSize(1);
    }

    @Test
    void shouldGoOnSayingWhatItIsAboutWhenTheActorHasReadIt() {
        review(Situation.NOW);
        String reason = last(RemediationAction.RESTART_AGENT).getDetail();

        answer(Situation.NOW + 1, RemediationOutcome.ACCEPTED);

        assertThat(last(RemediationAction.RESTART_AGENT).getDetail()).isEqualTo(reason);
        assertThat(last(RemediationAction.RESTART_AGENT).getHistory()).hasSize(2);
    }

    @Test
    void shouldNotLeaveAPersonWithWhatItDoesItself() {
        with(new Situation().staleSocket().modes("WORKLOAD_SOCKET_STALE=observe"));
        review(Situation.NOW);
        assertThat(last(RemediationAction.NOTIFY).getState()).isEqualTo(RemediationState.OPEN);

        told.addAll(remediator.wished(
                Situation.control(ControlKind.SET_MODE)
                        .setMode("act")
                        .setCause("WORKLOAD_SOCKET_STALE")
                        .setAt(at(Situation.NOW + 1))
                        .build(),
                at(Situation.NOW + 1)));
        review(Situation.NOW + 5);

        assertThat(changes()).hasSize(1);
        assertThat(last(RemediationAction.NOTIFY).getState()).isEqualTo(RemediationState.SUPERSEDED);
    }

    @Test
    void shouldDoNothingBeforeItWasAllowed() {
        with(new Situation().modes("AGENT_SYNC_BACKOFF=observe"));
        told.addAll(remediator.wished(
                Situation.control(ControlKind.SET_MODE)
                        .setMode("act")
                        .setCause("AGENT_SYNC_BACKOFF")
                        .setAt(at(Situation.NOW + 10))
                        .build(),
                at(Situation.NOW + 10)));

        review(Situation.NOW + 5);
        assertThat(changes()).as("what is known is older than the permission").isEmpty();
        review(Situation.NOW + 10);
        assertThat(changes()).hasSize(1);
    }

    @Test
    void shouldNotLetAnybodyAllowEverything() {
        told.addAll(remediator.wished(
                Situation.control(ControlKind.SET_MODE).setMode("act").build(), at(Situation.NOW)));

        assertThat(situation.casebook.controls).doesNotContainKey("mode/null/null");
    }

    @Test
    void shouldProveARestartedPodByItsSuccessorAlone() {
        with(new Situation().staleSocket());
        situation.casebook.instant("sibling/app/ReplicaSet/web/t/old", at(100));
        situation.casebook.instant("sibling/app/ReplicaSet/web/t/older", at(90));
        review(Situation.NOW);
        answer(Situation.NOW + 1, RemediationOutcome.EXECUTED);
        gone(Situation.NOW + 2);
        situation.casebook.instant("sibling/app/ReplicaSet/web/t/old", at(Situation.NOW + 5)); // told again
        review(Situation.NOW + 10);
        assertThat(last(RemediationAction.RESTART_WORKLOAD).getState()).isEqualTo(RemediationState.EXECUTED);

        situation.casebook.instant("sibling/app/ReplicaSet/web/t/new", at(Situation.NOW + 12));
        review(Situation.NOW + 15);

        assertThat(last(RemediationAction.RESTART_WORKLOAD).getState()).isEqualTo(RemediationState.SUCCEEDED);
    }

    @Test
    void shouldMarkWhatARehearsalPlans() {
        Remediator rehearsal = new Remediator(situation.casebook, Policy.rehearsing());
        told.addAll(rehearsal.review(at(Situation.NOW)));

        assertThat(changes()).singleElement().satisfies(command -> {
            assertThat(command.getMode()).isEqualTo("replay");
            assertThat(command.getRun()).isEqualTo(RemediationRun.REPLAY);
            assertThat(command.getSignature()).isNull();
        });
    }

    @Test
    void shouldRestartTwoNodesOneAfterTheOther() {
        situation.node("node-2", node -> copy(node, situation.casebook.nodes.get("node-1")));
        situation.pod("second", "node-2");
        situation.casebook.findings.put(
                "second", Situation.fresh("second", "node-2").build());
        for (int second = 900; second <= 1400; second += 20) {
            situation.proofs.synchronised("node-3", at(second));
        }
        review(Situation.NOW);
        assertThat(changes()).hasSize(1);
        answer(Situation.NOW + 2, RemediationOutcome.EXECUTED);
        String first = changes().get(0).getNode();
        recovers("second", Situation.NOW + 20);

        review(Situation.NOW + 25);

        assertThat(changes()).extracting(RemediationCommand::getNode).containsExactly(first);
        assertThat(told(RemediationRefusal.class)).last().satisfies(refusal -> assertThat(
                        refusal.getRefusal().getGuard())
                .isEqualTo("S7 agent-spacing"));
    }

    private static NodeTransition.Builder copy(NodeTransition.Builder node, NodeTransition of) {
        return node.setSyncFailingSince(of.getSyncFailingSince())
                .setLastSyncAttempt(of.getLastSyncAttempt())
                .setSyncAttempts(of.getSyncAttempts())
                .setLastSyncError(of.getLastSyncError());
    }

    private void review(double second) {
        told.addAll(remediator.review(at(second)));
    }

    private void answer(double second, RemediationOutcome outcome) {
        told.addAll(remediator.answered(result(second, outcome)));
    }

    private RemediationResult result(double second, RemediationOutcome outcome) {
        return RemediationResult.newBuilder()
                .setCommandId(changes().get(changes().size() - 1).getId())
                .setCluster("lab")
                .setOutcome(outcome)
                .setAction(changes().get(changes().size() - 1).getAction())
                .setAt(at(second))
                .setActor("actor")
                .setDetail(outcome.name())
                .build();
    }

    private void recovers(double second) {
        recovers("waiting", second);
    }

    private void recovers(String pod, double second) {
        Finding open = situation.casebook.findings.remove(pod);
        Finding closed = Finding.newBuilder(open)
                .setState(IdentityState.RECOVERED)
                .setRecoveredAt(at(second))
                .setProof(ProofGrade.FETCHED)
                .build();
        told.addAll(remediator.closed(closed, at(second)));
    }

    private void gone(double second) {
        Finding open = situation.casebook.findings.remove("waiting");
        told.addAll(remediator.closed(
                Finding.newBuilder(open).setState(IdentityState.GONE).build(), at(second)));
    }

    private void wish(double second, ControlKind kind, String commandId) {
        told.addAll(remediator.wished(
                Situation.control(kind).setCommandId(commandId).build(), at(second)));
    }

    private List<RemediationCommand> changes() {
        return told(RemediationCommand.class).stream()
                .filter(command -> Ladder.mutates(command.getAction()))
                .toList();
    }

    private Remediation last(RemediationAction action) {
        return told(Remediation.class).stream()
                .filter(remediation -> remediation.getAction() == action)
                .reduce((a, b) -> b)
                .orElseThrow();
    }

    private <T extends SpecificRecord> List<T> told(Class<T> type) {
        return told.stream().filter(type::isInstance).map(type::cast).toList();
    }
}
