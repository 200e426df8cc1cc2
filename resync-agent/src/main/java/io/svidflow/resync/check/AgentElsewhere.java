package io.svidflow.resync.check;

import io.svidflow.event.RemediationAction;
import io.svidflow.event.RemediationCommand;
import io.svidflow.event.RemediationOutcome;
import io.svidflow.resync.scene.Scene;
import io.svidflow.resync.scene.SeenPod;
import java.util.Map;
import java.util.Optional;

/**
 * An agent is restarted only while another one is Ready on another node: then agents can start in this cluster. What lives
 * on the agent of this node needs it to be Ready.
 */
final class AgentElsewhere implements Check {

    @Override
    public String guard() {
        return "S8 agent-elsewhere";
    }

    @Override
    public Optional<Refusal> ask(RemediationCommand command, Scene scene) {
        if (command.getAction() == RemediationAction.RESTART_WORKLOAD) {
            return scene.place().agent().filter(SeenPod::ready).isPresent()
                    ? Optional.empty()
                    : Refusal.of(
                            RemediationOutcome.REFUSED,
                            guard(),
                            "the SPIRE agent of node " + command.getNode() + " is not Ready");
        }
        if (command.getAction() != RemediationAction.RESTART_AGENT) {
            return Optional.empty();
        }
        long ready = scene.place().agents().stream()
                .filter(agent -> agent.ready() && !command.getNode().equals(agent.node()))
                .count();
        return ready > 0
                ? Optional.empty()
                : Refusal.of(
                        RemediationOutcome.VETOED,
                        guard(),
                        "no SPIRE agent on another node is Ready: nobody knows whether this one could start",
                        Map.of("ready", "0"));
    }
}
