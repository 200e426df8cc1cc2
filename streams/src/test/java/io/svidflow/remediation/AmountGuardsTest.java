package io.svidflow.remediation;

import static io.svidflow.scene.Scene.at;
import static org.assertj.core.api.Assertions.assertThat;

import io.svidflow.event.ControlKind;
import io.svidflow.event.GuardDecision;
import io.svidflow.event.Remediation;
import io.svidflow.event.RemediationAction;
import io.svidflow.event.RemediationControl;
import io.svidflow.event.RemediationState;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** How much and how often: caps, latches, leases, budgets. */
class AmountGuardsTest {

    private final Situation situation = new Situation();

    private static final RemediationAction AGENT = RemediationAction.RESTART_AGENT;

    @Test
    void shouldNeedSomethingThatItCouldActOn() {
        for (int i = 1; i <= 5; i++) {
            situation.node("node-" + i, node -> node.setAgentPod(null));
        }
        assertThat(situation.refusing()).contains("G4 actionable-nodes");
    }

    @Test
    void shouldCountOnlyWhatItCouldActOn() {
        for (int i = 2; i <= 5; i++) {
            situation.node("node-" + i, node -> node.setAgentPod(null));
        }
        assertThat(situation.ask())
                .filteredOn(decision -> decision.getGuard().startsWith("G4"))
                .singleElement()
                .satisfies(decision -> assertThat(decision.getNumbers()).containsEntry("actionable", "1"));
    }

    @Test
    void shouldTakeTroubleOfManyForOneFault() {
        situation.node("node-2", node -> node.setSyncFailingSince(at(300)));
        assertThat(situation.refusing()).isEmpty();
        situation.node("node-3", node -> node.setSyncFailingSince(at(300)));
        assertThat(situation.refusing()).containsExactly("G3 trouble-cap");
    }

    @Test
    void shouldCapTheAbsoluteNumberToo() {
        for (int i = 6; i <= 100; i++) {
            int number = i;
            situation.node("node-" + i, node -> node.setSyncFailingSince(number <= 15 ? at(300) : null));
        }
        assertThat(situation.refusing()).containsExactly("G3 trouble-cap");
    }

    @Test
    void shouldStayQuietForAWhileAfterAStorm() {
        situation.casebook.instant(Latches.STORM, at(500));
        assertThat(situation.refusing()).containsExactly("G6 storm-latch");
        situation.casebook.instant(Latches.STORM, at(400));
        assertThat(situation.refusing()).isEmpty();
    }

    @Test
    void shouldTakeTroubleOfManyForAStormUnlessAnOutageExplainsIt() {
        situation.node("node-2", node -> node.setSyncFailingSince(at(300)));
        situation.node("node-3", node -> node.setSyncFailingSince(at(300)));
        Latches latches = new Latches(situation.casebook);

        latches.heard(situation.ask(), Optional.of(at(500)), at(1000));
        assertThat(situation.casebook.instant(Latches.STORM)).isNull();
        latches.heard(situation.ask(), Optional.empty(), at(1000));
        assertThat(situation.casebook.instant(Latches.STORM)).isEqualTo(at(1000));
    }

    @Test
    void shouldOpenTheBreakerAfterRemediesInVain() {
        Latches latches = new Latches(situation.casebook);
        for (int i = 6; i <= 8; i++) {
            assertThat(situation.refusing()).isEmpty();
            situation.deed("d" + i, RemediationAction.POKE_REGISTRAR, "node-" + i, i * 50, RemediationState.FAILED);
            latches.ended(at(i * 50));
        }
        assertThat(situation.refusing()).containsExactly("G7 breaker");

        situation.wishes(Situation.control(ControlKind.RESET).build());
        assertThat(situation.refusing()).isEmpty();
    }

    @Test
    void shouldNotOpenTheBreakerWhereARemedyHelpedInBetween() {
        Latches latches = new Latches(situation.casebook);
        situation.deed("d6", RemediationAction.POKE_REGISTRAR, "node-6", 300, RemediationState.FAILED);
        situation.deed("d7", RemediationAction.POKE_REGISTRAR, "node-7", 350, RemediationState.FAILED);
        situation.deed("d8", RemediationAction.POKE_REGISTRAR, "node-8", 400, RemediationState.SUCCEEDED);
        latches.ended(at(410));
        assertThat(situation.refusing()).isEmpty();
    }

    @Test
    void shouldGiveEachNodeOneLease() {
        situation.deed("d", RemediationAction.RESTART_WORKLOAD, "node-1", 400, RemediationState.EXECUTED);
        assertThat(situation.refusing()).contains("G5 node-lease");
    }

    @Test
    void shouldDoOneThingAtATime() {
        situation.deed("d", RemediationAction.RESTART_WORKLOAD, "node-2", 400, RemediationState.OPEN);
        assertThat(situation.refusing()).containsExactly("G5 in-flight");
    }

    @Test
    void shouldSpaceRestartsOfAgents() {
        situation.deed("d", AGENT, "node-2", 701, RemediationState.SUCCEEDED);
        assertThat(situation.refusing()).containsExactly("S7 agent-spacing");
        situation.now = 1001;
        assertThat(situation.refusing()).isEmpty();
    }

    @Test
    void shouldAskAPersonWhereAnEndIsUnknown() {
        situation.deed("d", RemediationAction.POKE_REGISTRAR, "node-1", 100, RemediationState.AMBIGUOUS);
        assertThat(situation.refusing()).containsExactly("G11 no-ambiguity");

        situation.wishes(
                Situation.control(ControlKind.CONFIRM).setSubject("node-1").build());
        assertThat(situation.refusing()).isEmpty();
    }

    @Test
    void shouldNotRepeatARemedyThatDidNotLast() {
        situation.deed("d", AGENT, "node-1", -2599, RemediationState.SUCCEEDED);
        assertThat(situation.refusing()).containsExactly("G13 healthy-period");
        situation.now = 1001;
        assertThat(situation.refusing()).isEmpty();
    }

    @Test
    void shouldLeaveAChronicOffenderToAPerson() {
        situation.deed("d1", AGENT, "node-1", -500_000, RemediationState.SUCCEEDED);
        situation.deed("d2", AGENT, "node-1", -300_000, RemediationState.SUCCEEDED);
        assertThat(situation.refusing()).isEmpty();
        situation.deed("d3", AGENT, "node-1", -200_000, RemediationState.SUCCEEDED);
        assertThat(situation.refusing()).containsExactly("G25 chronic-offender");

        situation.wishes(
                Situation.control(ControlKind.CONFIRM).setSubject("node-1").build());
        assertThat(situation.refusing()).isEmpty();
    }

    @Test
    void shouldStopWhereNoBudgetWasGranted() {
        situation.casebook.controls.clear();
        situation.casebook.instants("budget/").clear();
        assertThat(situation.refusing()).containsExactly("G10 retry-budget");
        assertThat(because()).contains("no budget was granted");
    }

    @Test
    void shouldStopWhereTheBudgetWasLostOrChanged() {
        RemediationControl granted = situation.casebook.controls.remove("budget");
        assertThat(because()).contains("is missing: state was lost");

        situation.casebook.controls.put(
                "budget",
                RemediationControl.newBuilder(granted)
                        .setBudgets(List.of(Situation.grant(AGENT, 99)))
                        .build());
        assertThat(because()).contains("does not add up");
    }

    @Test
    void shouldNotSpendMoreThanItsBudget() {
        situation.wishes(Situation.control(ControlKind.INIT_BUDGET)
                .setBudgets(List.of(Situation.grant(AGENT, 1)))
                .build());
        assertThat(situation.refusing()).isEmpty();
        situation.deed("d", AGENT, "node-2", 100, RemediationState.FAILED);

        assertThat(situation.refusing()).containsExactly("G10 retry-budget");
        assertThat(situation.ask())
                .filteredOn(decision -> decision.getGuard().startsWith("G10"))
                .singleElement()
                .satisfies(decision -> {
                    assertThat(decision.getNumbers()).containsEntry("used", "1").containsEntry("limit", "1");
                    assertThat(decision.getNextEvaluationAt()).isEqualTo(at(100 + 3600));
                });
    }

    @Test
    void shouldGiveBackOnlyWhatWasProvenNotToBeDone() {
        Remediation open = situation.deed("d", AGENT, "node-2", 100, RemediationState.OPEN);

        assertThat(Deeds.counts(open)).isTrue();
        assertThat(Deeds.counts(closed(open, RemediationState.EXPIRED, false))).isTrue();
        assertThat(Deeds.counts(closed(open, RemediationState.AMBIGUOUS, true))).isTrue();
        assertThat(Deeds.counts(closed(open, RemediationState.RECOVERED_WITHOUT_US, false)))
                .isTrue();
        assertThat(Deeds.counts(closed(open, RemediationState.EXPIRED, true))).isFalse();
        assertThat(Deeds.counts(closed(open, RemediationState.REFUSED, true))).isFalse();
        assertThat(Deeds.counts(closed(open, RemediationState.FAILED, true))).isFalse();
    }

    @Test
    void shouldNotSpendMoreOnOneSubjectThanADayAllows() {
        situation.deed("d1", AGENT, "node-1", -80_000, RemediationState.SUCCEEDED);
        situation.deed("d2", AGENT, "node-1", -40_000, RemediationState.SUCCEEDED);
        assertThat(situation.refusing()).containsExactly("G10 retry-budget");
    }

    private static Remediation closed(Remediation open, RemediationState state, boolean answered) {
        return Remediation.newBuilder(open)
                .setState(state)
                .setAnsweredAt(answered ? at(110) : null)
                .setClosedAt(at(120))
                .build();
    }

    private String because() {
        return situation.ask().stream()
                .filter(decision -> decision.getGuard().startsWith("G10"))
                .map(GuardDecision::getBecause)
                .findFirst()
                .orElseThrow();
    }
}
