package io.svidflow.diagnosis;

import static io.svidflow.diagnosis.Assessment.fact;
import static io.svidflow.diagnosis.Assessment.likely;
import static io.svidflow.diagnosis.Assessment.ruledOut;
import static io.svidflow.diagnosis.Assessment.silent;

import io.svidflow.event.Link;
import io.svidflow.event.NodeTransition;

/** The server does not know the agent any more. From 1.10 on it attests again by itself; an alarm only if it does not. */
final class AgentEvicted implements Cause {

    @Override
    public String name() {
        return "AGENT_EVICTED";
    }

    @Override
    public Layer layer() {
        return Layer.AGENT_IDENTITY;
    }

    @Override
    public Assessment assess(Case question) {
        NodeTransition node = question.node();
        if (node == null) {
            return silent();
        }
        if (node.getEvictedAt() == null) {
            return node.getAttestedAt() == null
                    ? silent()
                    : ruledOut("the agent is attested, at the latest since " + node.getAttestedAt());
        }
        return question.missingAnyOf(Link.AGENT_ATTESTED, Link.AGENT_READY, Link.SYNCHRONISED)
                ? likely(
                        0.9,
                        fact(
                                node.getEvictedAt(),
                                Link.AGENT_ATTESTED,
                                "the server no longer knows agent " + node.getAgentId()
                                        + ", and it has not attested again"))
                : silent();
    }
}
