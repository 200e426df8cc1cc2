package io.svidflow.diagnosis;

import static io.svidflow.diagnosis.Assessment.fact;
import static io.svidflow.diagnosis.Assessment.likely;
import static io.svidflow.diagnosis.Assessment.ruledOut;
import static io.svidflow.diagnosis.Assessment.silent;

import io.svidflow.event.Link;
import io.svidflow.event.NodeTransition;

/** The agent's entries no longer fit into one message, so that it cannot synchronise at all. Waiting does not mend it. */
final class SyncPayloadTooLarge implements Cause {

    @Override
    public String name() {
        return "SYNC_PAYLOAD_TOO_LARGE";
    }

    @Override
    public Layer layer() {
        return Layer.AGENT_SYNC;
    }

    @Override
    public Assessment assess(Case question) {
        NodeTransition node = question.node();
        if (node == null || question.missingAnyOf(Link.ENTRY_PRESENT, Link.WORKLOAD_ATTESTED, Link.PARENT_LIVE)) {
            return silent();
        }
        String error = AgentErrors.latest(node);
        if (error == null) {
            return ruledOut("the agent does not fail to synchronise");
        }
        return ErrorText.tooLarge(error)
                ? likely(
                        0.95,
                        fact(
                                AgentErrors.since(node),
                                Link.SYNCHRONISED,
                                "what the server sends the agent of " + node.getNode() + " is too large: " + error))
                : ruledOut("the agent fails for another reason: " + error);
    }
}
