package io.svidflow.resync.check;

import io.svidflow.event.PodRole;
import io.svidflow.event.RemediationAction;
import io.svidflow.event.RemediationCommand;
import io.svidflow.event.RemediationOutcome;
import io.svidflow.resync.scene.Scene;
import io.svidflow.resync.scene.SeenPod;
import java.util.Optional;

/** The agent on the node is the one of the decision; and what is restarted as an agent is one. */
final class SameAgent implements Check {

    @Override
    public String guard() {
        return "G9 same-agent";
    }

    @Override
    public Optional<Refusal> ask(RemediationCommand command, Scene scene) {
        SeenPod agent = scene.place().agent().orElse(null);
        if (command.getAgentPodUid() != null && (agent == null || !agent.uid().equals(command.getAgentPodUid()))) {
            return Refusal.of(
                    RemediationOutcome.TARGET_GONE,
                    guard(),
                    "the command is for the SPIRE agent with pod UID " + command.getAgentPodUid() + ", but on node "
                            + command.getNode() + " runs " + (agent == null ? "none" : agent.uid()));
        }
        if (command.getAction() != RemediationAction.RESTART_AGENT) {
            return Optional.empty();
        }
        SeenPod target = scene.place().target().orElse(null);
        boolean isAgent = target != null && target.role() == PodRole.SPIRE_AGENT && target.ownedBy("DaemonSet");
        boolean same = agent != null && target != null && agent.uid().equals(target.uid());
        return isAgent && same
                ? Optional.empty()
                : Refusal.of(
                        RemediationOutcome.REFUSED,
                        guard(),
                        "what would be deleted is not the SPIRE agent of node " + command.getNode()
                                + " that a DaemonSet starts anew");
    }
}
