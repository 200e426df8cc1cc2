package io.svidflow.remediation;

import io.svidflow.event.BudgetReceipt;
import io.svidflow.event.Finding;
import io.svidflow.event.GuardDecision;
import io.svidflow.event.NodeTransition;
import io.svidflow.event.Prediction;
import io.svidflow.event.RemediationAction;
import io.svidflow.event.RemediationCommand;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/** Words commands: to wait, to tell a person, or to change one thing under stated preconditions. Pure. */
final class Commands {

    static final String ISSUER = "svidflow-incident";

    private static final Duration NOTICE_LASTS = Duration.ofMinutes(15);
    private static final Duration AFTER_WINDOW = Duration.ofSeconds(60);

    private final Policy policy;

    Commands(Policy policy) {
        this.policy = policy;
    }

    /** To wait for an agent whose next attempt is known. */
    RemediationCommand waiting(Finding finding, NodeTransition node, Mode mode, Instant now) {
        Prediction prediction = finding.getPrediction();
        return describe(finding, RemediationAction.WAIT, 0, node, mode, now)
                .setExpiresAt(prediction.getNotAfter().plus(AFTER_WINDOW))
                .setPrediction(prediction)
                .setReason("the agent of " + finding.getNode() + " tries again by itself between "
                        + prediction.getNotBefore() + " and " + prediction.getNotAfter()
                        + "; a restart would only drop its cache")
                .build();
    }

    /** To tell a person. */
    RemediationCommand telling(Finding finding, NodeTransition node, Mode mode, String because, Instant now) {
        int rung = Ladder.of(finding).indexOf(RemediationAction.NOTIFY);
        return describe(finding, RemediationAction.NOTIFY, rung, node, mode, now)
                .setExpiresAt(now.plus(NOTICE_LASTS))
                .setReason(finding.getCause() + " at link " + finding.getFirstMissing() + ": a person has to look"
                        + because)
                .build();
    }

    /** To change something. */
    RemediationCommand acting(
            Proposal proposal, List<GuardDecision> guards, BudgetReceipt receipt, Mode mode, int attempt, Instant now) {
        Finding finding = proposal.finding();
        return describe(finding, proposal.action(), proposal.rung(), proposal.node(), mode, now)
                .setExpiresAt(now.plus(policy.limits().validity()))
                .setPrediction(finding.getPrediction())
                .setReason(proposal.words() + ", because " + finding.getCause() + " keeps pod " + finding.getNamespace()
                        + "/" + finding.getPod() + " without identity since " + finding.getSince())
                .setAttempt(attempt)
                .setTarget(proposal.target().orElse(null))
                .setEntryId(proposal.pod().getEntryId())
                .setEntryRevision(proposal.pod().getEntryRevision())
                .setBudget(receipt)
                .setGuards(guards)
                .setApprovedBy(proposal.approvedBy())
                .build();
    }

    private RemediationCommand.Builder describe(
            Finding finding, RemediationAction action, int rung, NodeTransition node, Mode mode, Instant now) {
        return RemediationCommand.newBuilder()
                .setId(CommandId.of(finding, action))
                .setCluster(finding.getCluster())
                .setAction(action)
                .setCause(finding.getCause())
                .setFindingId(finding.getId())
                .setIncidentId(finding.getIncidentId())
                .setNamespace(finding.getNamespace())
                .setPod(finding.getPod())
                .setPodUid(finding.getPodUid())
                .setNode(finding.getNode())
                .setBootId(node == null ? null : node.getBootId())
                .setNodeUid(node == null ? null : node.getNodeUid())
                .setAgentPodUid(node == null ? null : node.getAgentPodUid())
                .setAgentId(node == null ? null : node.getAgentId())
                .setIssuedAt(now)
                .setNotBefore(now)
                .setRung(rung)
                .setMode(policy.words(mode))
                .setRun(policy.run())
                .setIssuer(ISSUER);
    }
}
