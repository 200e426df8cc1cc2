package io.svidflow.incident;

import io.svidflow.event.Finding;
import io.svidflow.event.NodeTransition;
import io.svidflow.event.Remediation;
import io.svidflow.event.RemediationCommand;
import io.svidflow.event.RemediationResult;
import io.svidflow.remediation.RemediationLedger;
import io.svidflow.remediation.RemediationPlanner;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.apache.avro.specific.SpecificRecord;

/** Commands for open findings, from the plan to what came of them. */
final class RemediationDesk {

    private final ClusterState state;
    private final RemediationPlanner planner;

    RemediationDesk(ClusterState state, RemediationPlanner planner) {
        this.state = state;
        this.planner = planner;
    }

    /** What should be done about a finding, unless it was told already. */
    List<SpecificRecord> plan(Finding finding, NodeTransition node, Instant now) {
        RemediationCommand command = planner.plan(finding, node, now);
        if (state.commands().containsKey(command.getId())) {
            return List.of();
        }
        Remediation opened = RemediationLedger.opened(command);
        state.remediation(command.getId(), command, opened);
        return List.of(command, opened);
    }

    /** An actor answered a command. */
    List<SpecificRecord> answered(RemediationResult result) {
        Remediation open = state.remediation(result.getCommandId());
        if (open == null) {
            return List.of();
        }
        Remediation answered = RemediationLedger.answered(open, result);
        boolean over = answered.getClosedAt() != null;
        state.remediation(
                result.getCommandId(),
                over ? null : state.commands().get(result.getCommandId()),
                over ? null : answered);
        return List.of(answered);
    }

    /** A finding is over, and with it whatever was to be done about it. */
    List<SpecificRecord> closed(Finding finding, Instant now) {
        List<SpecificRecord> told = new ArrayList<>();
        for (RemediationCommand command : List.copyOf(state.commands().values())) {
            if (finding.getId().equals(command.getFindingId())) {
                Remediation last = state.remediation(command.getId());
                told.add(
                        finding.getRecoveredAt() == null
                                ? RemediationLedger.targetGone(last, now)
                                : RemediationLedger.succeeded(last, finding, now));
                state.remediation(command.getId(), null, null);
            }
        }
        return told;
    }

    /** Commands whose time has passed. */
    List<SpecificRecord> expire(Instant now) {
        List<SpecificRecord> told = new ArrayList<>();
        for (RemediationCommand command : List.copyOf(state.commands().values())) {
            if (now.isAfter(command.getExpiresAt())) {
                told.add(RemediationLedger.expired(state.remediation(command.getId()), now));
                state.remediation(command.getId(), null, null);
            }
        }
        return told;
    }
}
