package io.svidflow.remediation;

import io.svidflow.event.Finding;
import io.svidflow.event.NodeTransition;
import io.svidflow.event.PodTransition;
import io.svidflow.event.RemediationAction;
import io.svidflow.event.RemediationTarget;
import java.util.Objects;
import java.util.Optional;

/**
 * Something that would change the cluster, before any guard has been asked.
 *
 * @param finding why
 * @param action what
 * @param rung where it stands on the cause's ladder, from 0
 * @param node the pod's node; null: nothing is known of it
 * @param pod the pod that waits; null: nothing is known of it
 * @param approvedBy operator who approved it; null: nobody was asked
 */
public record Proposal(
        Finding finding,
        RemediationAction action,
        int rung,
        NodeTransition node,
        PodTransition pod,
        String approvedBy) {

    public Proposal {
        Objects.requireNonNull(finding, "finding");
        if (!Ladder.mutates(action)) {
            throw new IllegalArgumentException(action + " changes nothing, and needs no guard's leave");
        }
    }

    /** Id of the command that would come of it. */
    public String commandId() {
        return CommandId.of(finding, action);
    }

    /** The one object that it would be carried out on; empty: it is not known well enough. */
    public Optional<RemediationTarget> target() {
        if (action != RemediationAction.RESTART_AGENT) {
            return Optional.of(
                    new RemediationTarget("Pod", finding.getNamespace(), finding.getPod(), finding.getPodUid()));
        }
        String agent = node == null ? null : node.getAgentPod();
        if (agent == null || node.getAgentPodUid() == null || agent.indexOf('/') < 0) {
            return Optional.empty();
        }
        int slash = agent.indexOf('/');
        return Optional.of(new RemediationTarget(
                "Pod", agent.substring(0, slash), agent.substring(slash + 1), node.getAgentPodUid()));
    }

    /** Whom it would concern, for budgets and chronic trouble. */
    public String subject() {
        return Deeds.subject(
                action,
                finding.getNode(),
                finding.getNamespace(),
                finding.getOwner() == null ? finding.getPod() : finding.getOwner());
    }

    /** In words. */
    public String words() {
        return switch (action) {
            case RESTART_AGENT ->
                "delete agent pod " + (node == null ? "?" : node.getAgentPod()) + " on " + finding.getNode();
            case RESTART_WORKLOAD -> "delete pod " + finding.getNamespace() + "/" + finding.getPod();
            case POKE_REGISTRAR ->
                "annotate pod " + finding.getNamespace() + "/" + finding.getPod()
                        + ", so that its registration is looked at again";
            case WAIT, NOTIFY, UNKNOWN -> action.name();
        };
    }
}
