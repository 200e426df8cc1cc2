package io.svidflow.resync.check;

import io.svidflow.event.RemediationAction;
import io.svidflow.event.RemediationCommand;
import io.svidflow.event.RemediationOutcome;
import io.svidflow.resync.scene.Scene;
import io.svidflow.resync.scene.SeenAgent;
import java.util.Optional;

/** A ban is somebody's decision, and an agent that may not attest once more would come back with nothing. */
final class AgentMayAttest implements Check {

    @Override
    public String guard() {
        return "S6 agent-may-attest";
    }

    @Override
    public Optional<Refusal> ask(RemediationCommand command, Scene scene) {
        if (command.getAction() != RemediationAction.RESTART_AGENT) {
            return Optional.empty();
        }
        if (command.getAgentId() == null) {
            return refused("the command does not say which agent it is for");
        }
        SeenAgent agent = scene.plane().agent().orElse(null);
        if (agent == null) {
            return refused("the SPIRE server does not know agent " + command.getAgentId()
                    + ": it was evicted, and a person has to know why");
        }
        if (agent.banned()) {
            return refused("agent " + agent.id() + " is banned");
        }
        return agent.canReattest()
                ? Optional.empty()
                : refused("agent " + agent.id() + " may not attest once more: it would come back with nothing");
    }

    private Optional<Refusal> refused(String because) {
        return Refusal.of(RemediationOutcome.REFUSED, guard(), because);
    }
}
