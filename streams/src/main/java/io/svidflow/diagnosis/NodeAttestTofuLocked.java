package io.svidflow.diagnosis;

import static io.svidflow.diagnosis.Assessment.fact;
import static io.svidflow.diagnosis.Assessment.likely;
import static io.svidflow.diagnosis.Assessment.ruledOut;
import static io.svidflow.diagnosis.Assessment.silent;

import io.svidflow.event.Link;
import io.svidflow.event.NodeTransition;

/**
 * The node's attestor trusts on first use, the agent lost what it got then, and the server does not let anybody attest as
 * this node a second time. That protects the node's identity: only a person may evict the agent.
 */
final class NodeAttestTofuLocked implements Cause {

    @Override
    public String name() {
        return "NODE_ATTEST_TOFU_LOCKED";
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
        boolean locked = AgentTrouble.refusal(node)
                .filter(kind -> kind == AttestRefusal.TOFU)
                .isPresent();
        if (!locked) {
            return Boolean.TRUE.equals(node.getAgentCanReattest())
                    ? ruledOut("the agent may attest again with the proof that it has")
                    : silent();
        }
        if (!AgentTrouble.explains(question)) {
            return ruledOut("the agent served although its proof was used before");
        }
        String listed = Boolean.FALSE.equals(node.getAgentCanReattest())
                ? "; the server lists agent " + node.getAgentId() + " as one that cannot attest again"
                : "";
        return likely(
                listed.isEmpty() ? 0.9 : 0.95,
                fact(
                        AgentTrouble.refusedSince(node),
                        Link.AGENT_ATTESTED,
                        "the server refuses a proof that was used before: " + AgentTrouble.refusalText(node) + listed));
    }
}
