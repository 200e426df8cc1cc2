package io.svidflow.cli.report;

import static org.assertj.core.api.Assertions.assertThat;

import io.svidflow.event.BudgetReceipt;
import io.svidflow.event.Finding;
import io.svidflow.event.GuardDecision;
import io.svidflow.event.Remediation;
import io.svidflow.event.RemediationAction;
import io.svidflow.event.RemediationCommand;
import io.svidflow.event.RemediationRefusal;
import io.svidflow.event.RemediationState;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Rung by rung: what would have been done, when, and why not earlier. */
class PlanReportTest {

    private static final Instant START = Instant.parse("2026-11-23T17:00:00Z");

    private final Finding finding = Finding.newBuilder(Samples.finding("cart").build())
            .setCause("AGENT_SYNC_BACKOFF")
            .setRecoveredAt(START.plusSeconds(200))
            .build();

    @Test
    void shouldTellWhatWouldHaveBeenDoneAndWhyNotEarlier() {
        String report = render(
                List.of(RemediationCommand.newBuilder(
                                Samples.command(RemediationAction.RESTART_AGENT).build())
                        .setId("c-1")
                        .setFindingId(finding.getId())
                        .setIssuedAt(START.plusSeconds(100))
                        .setRung(1)
                        .setReason("delete agent pod spire/agent-x")
                        .setBudget(new BudgetReceipt("RESTART_AGENT", "cluster lab", 1, 3, 3600L, START))
                        .build()),
                List.of(refusal()));

        assertThat(report)
                .contains("svidflow would have changed 1 thing.")
                .contains("rung 1 RESTART_AGENT, not yet: S4 proven-health: the server has not answered long enough")
                .contains("asked again at 17:01:40Z at the latest")
                .contains("rung 1 RESTART_AGENT, would be done: delete agent pod spire/agent-x; budget 1 of 3")
                .contains("by itself 1m 40s later");
        assertThat(report.indexOf("not yet")).isLessThan(report.indexOf("would be done"));
    }

    @Test
    void shouldSayWhereNothingWouldHaveBeenDone() {
        assertThat(render(List.of(), List.of(refusal())))
                .contains("svidflow would have changed nothing.")
                .contains("Nothing was done");
    }

    /** Without its line breaks. */
    private String render(List<RemediationCommand> commands, List<RemediationRefusal> refusals) {
        Remediation ended = Remediation.newBuilder()
                .setCommandId("c-1")
                .setCluster("lab")
                .setAction(RemediationAction.RESTART_AGENT)
                .setCause("AGENT_SYNC_BACKOFF")
                .setFindingId(finding.getId())
                .setState(RemediationState.EXPIRED)
                .setOpenedAt(START.plusSeconds(100))
                .setClosedAt(START.plusSeconds(165))
                .setDetail("no actor answered in time")
                .build();
        return new PlanReport(Palette.of(false, Map.of()))
                .render(START, List.of(finding), commands, refusals, commands.isEmpty() ? List.of() : List.of(ended))
                .replaceAll("\\s+", " ");
    }

    private RemediationRefusal refusal() {
        return RemediationRefusal.newBuilder()
                .setId("r-1")
                .setCluster("lab")
                .setAt(START.plusSeconds(60))
                .setAction(RemediationAction.RESTART_AGENT)
                .setCause("AGENT_SYNC_BACKOFF")
                .setFindingId(finding.getId())
                .setRung(1)
                .setMode("replay")
                .setRefusal(new GuardDecision(
                        "S4 proven-health",
                        false,
                        "the server has not answered long enough",
                        Map.of("seconds", "20"),
                        START.plusSeconds(100)))
                .build();
    }
}
