package io.svidflow.remediation.guard;

import io.svidflow.event.GuardDecision;
import java.util.Map;

/** An agent that may not attest again with the same proof is lost once it is restarted. */
final class Reattestation implements Guard {

    private static final Says SAYS = new Says("S6 reattestation");

    @Override
    public String name() {
        return SAYS.guard();
    }

    @Override
    public GuardDecision ask(Question question) {
        if (!question.restartsAgent()) {
            return SAYS.yes("no agent is restarted");
        }
        Boolean can = question.node() == null ? null : question.node().getAgentCanReattest();
        if (Boolean.TRUE.equals(can)) {
            return SAYS.yes("the server lists the agent as able to attest again");
        }
        return SAYS.no(
                can == null ? "whether the agent can attest again is not known" : "the agent cannot attest again",
                Map.of("canReattest", String.valueOf(can)),
                null);
    }
}
