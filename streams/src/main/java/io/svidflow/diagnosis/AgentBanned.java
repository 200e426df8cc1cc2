package io.svidflow.diagnosis;

import static io.svidflow.diagnosis.Assessment.fact;
import static io.svidflow.diagnosis.Assessment.likely;
import static io.svidflow.diagnosis.Assessment.ruledOut;
import static io.svidflow.diagnosis.Assessment.silent;

import io.svidflow.event.Link;
import io.svidflow.event.NodeTransition;

/** Somebody banned the agent. That is a decision, not a fault: it is reported and never undone by us. */
final class AgentBanned implements Cause {

    @Override
    public String name() {
        return "AGENT_BANNED";
    }

    @Override
    public Layer layer() {
        return Layer.AGENT_IDENTITY;
    }

    @Override
    public Grouping grouping() {
        return Grouping.AGENT;
    }

    @Override
    public Assessment assess(Case question) {
        NodeTransition node = question.node();
        if (node == null) {
            return silent();
        }
        if (!node.getBanned()) {
            return node.getAgentId() == null ? silent() : ruledOut("the agent is not banned");
        }
        return likely(0.98, fact(node.getBannedAt(), Link.AGENT_ATTESTED, "agent " + node.getAgentId() + " is banned"));
    }
}
