package io.svidflow.remediation.guard;

import io.svidflow.event.GuardDecision;
import io.svidflow.event.NodeTransition;
import java.util.Set;

/** A ban is somebody's will, and an agent that may not attest again would be lost: neither is ever touched, by no mode and no approval. */
final class NeverRemedied implements Guard {

    private static final Says SAYS = new Says("S1 never-remedied");
    private static final Set<String> NEVER = Set.of("AGENT_BANNED", "NODE_ATTEST_TOFU_LOCKED");

    @Override
    public String name() {
        return SAYS.guard();
    }

    @Override
    public GuardDecision ask(Question question) {
        String cause = question.finding().getCause();
        if (NEVER.contains(cause)) {
            return SAYS.no(cause + " is never remedied automatically");
        }
        NodeTransition node = question.node();
        return node != null && node.getBanned()
                ? SAYS.no("the agent of " + node.getNode() + " is banned, whatever else is wrong with it")
                : SAYS.yes(cause + " may be remedied");
    }
}
