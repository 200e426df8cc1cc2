package io.svidflow.cli.report;

import static org.assertj.core.api.Assertions.assertThat;

import io.svidflow.event.ControlKind;
import io.svidflow.event.GuardDecision;
import io.svidflow.event.ProofGrade;
import io.svidflow.event.Remediation;
import io.svidflow.event.RemediationAction;
import io.svidflow.event.RemediationControl;
import io.svidflow.event.RemediationRefusal;
import io.svidflow.event.RemediationState;
import io.svidflow.event.RemediationStep;
import io.svidflow.event.RemediationTarget;
import io.svidflow.serde.EventClasses;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What an operator reads in the morning. */
class RemediationsReportTest {

    static {
        EventClasses.trust();
    }

    private static final Instant NIGHT = Instant.parse("2026-11-23T03:00:00Z");

    private final RemediationsReport report = new RemediationsReport(Palette.of(false, Map.of()));

    private final Remediation remediation = Remediation.newBuilder()
            .setCommandId("c-1")
            .setCluster("lab")
            .setAction(RemediationAction.RESTART_AGENT)
            .setCause("AGENT_SYNC_BACKOFF")
            .setNamespace("shop")
            .setPod("cart")
            .setNode("node-1")
            .setFindingId("f-1")
            .setTarget(new RemediationTarget("Pod", "spire", "agent-x", "uid-x"))
            .setState(RemediationState.SUCCEEDED)
            .setMode("act")
            .setOpenedAt(NIGHT)
            .setExecutedAt(NIGHT.plusSeconds(2))
            .setClosedAt(NIGHT.plusSeconds(20))
            .setRecoveredAt(NIGHT.plusSeconds(20))
            .setProof(ProofGrade.FETCHED)
            .setSavedSeconds(180L)
            .setGuards(List.of(new GuardDecision("G5 node-lease", true, "nothing is under way", Map.of(), null)))
            .setDetail("pod shop/cart obtained its SVID")
            .setHistory(List.of(
                    new RemediationStep(NIGHT, RemediationState.OPEN, "svidflow", "delete agent pod"),
                    new RemediationStep(NIGHT.plusSeconds(2), RemediationState.EXECUTED, "actor", "deleted")))
            .build();

    private final RemediationRefusal refusal = RemediationRefusal.newBuilder()
            .setId("r-1")
            .setCluster("lab")
            .setAt(NIGHT.minusSeconds(40))
            .setAction(RemediationAction.RESTART_AGENT)
            .setCause("AGENT_SYNC_BACKOFF")
            .setFindingId("f-1")
            .setNamespace("shop")
            .setPod("cart")
            .setRung(1)
            .setMode("act")
            .setRefusal(new GuardDecision("S4 proven-health", false, "too early", Map.of("seconds", "20"), NIGHT))
            .build();

    private final RemediationControl wish = RemediationControl.newBuilder()
            .setId("w-1")
            .setCluster("lab")
            .setAt(NIGHT.minusSeconds(100))
            .setOperator("ada")
            .setReason("we trust it")
            .setKind(ControlKind.SET_MODE)
            .setMode("act")
            .setCause("AGENT_SYNC_BACKOFF")
            .build();

    @Test
    void shouldListWhatWasDoneRefusedAndToldSinceThen() {
        String list = report.list(List.of(remediation), List.of(refusal), List.of(wish), NIGHT.minusSeconds(60));

        assertThat(list)
                .contains("SUCCEEDED", "RESTART_AGENT for AGENT_SYNC_BACKOFF", "c-1", "S4 proven-health", "r-1")
                .doesNotContain("ada");
    }

    @Test
    void shouldExplainACaseFromItsRefusalsToItsProof() {
        String story = report.explain(List.of(remediation), List.of(refusal), List.of(wish));

        assertThat(story)
                .contains("target     Pod spire/agent-x, UID uid-x")
                .contains("G5 node-lease passed: nothing is under way")
                .contains("FETCHED")
                .contains("up to 3m 00s")
                .contains("SET_MODE act for AGENT_SYNC_BACKOFF by ada: we trust it")
                .contains("EXECUTED, by actor: deleted");
        assertThat(story.indexOf("S4 proven-health: too early")).isLessThan(story.indexOf("OPEN, by svidflow"));
    }
}
