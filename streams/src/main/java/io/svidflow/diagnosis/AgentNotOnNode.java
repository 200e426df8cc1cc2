package io.svidflow.diagnosis;

import static io.svidflow.diagnosis.Assessment.fact;
import static io.svidflow.diagnosis.Assessment.likely;
import static io.svidflow.diagnosis.Assessment.ruledOut;
import static io.svidflow.diagnosis.Assessment.silent;

import io.svidflow.event.Link;
import io.svidflow.event.NodeTransition;
import java.time.Instant;

/**
 * There is no SPIRE agent pod on the pod's node, while other nodes have one: a taint, a node selector or an affinity keeps
 * the DaemonSet away. An agent pod that is there and does not work is AGENT_NOT_READY.
 */
final class AgentNotOnNode implements Cause {

    private static final String DELETED = "deleted";

    @Override
    public String name() {
        return "AGENT_NOT_ON_NODE";
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
        if (node.getAgentPod() != null) {
            return ruledOut("agent pod " + node.getAgentPod() + " is on the node");
        }
        long elsewhere = question.cluster().nodes().stream()
                .filter(other -> other.getAgentPod() != null)
                .count();
        boolean left = DELETED.equals(node.getAgentReason());
        if (elsewhere == 0 && !left) {
            return silent(); // nobody sees agents as pods
        }
        // A Node object that was deleted took what was known of its agent's pod along, and the agent ran on.
        boolean heard = question.missingAnyOf(Link.PARENT_LIVE)
                && question.pod().getProven().contains(Link.AGENT_READY);
        if (heard || !question.missingAnyOf(Link.AGENT_READY, Link.RENEWED, Link.ENTRY_PRESENT, Link.PARENT_LIVE)) {
            return ruledOut("an agent was heard of on the node");
        }
        boolean first = question.missingAnyOf(Link.AGENT_READY, Link.RENEWED, Link.PARENT_LIVE);
        return likely(
                first ? (elsewhere > 0 ? 0.93 : 0.85) : 0.5,
                fact(since(node, question.now()), Link.AGENT_READY, words(node, left, elsewhere)));
    }

    private static Instant since(NodeTransition node, Instant now) {
        return node.getAgentNotReadySince() == null ? now : node.getAgentNotReadySince();
    }

    private static String words(NodeTransition node, boolean left, long elsewhere) {
        return "there is no agent pod on " + node.getNode()
                + (left ? " any more" : "")
                + ", and one on each of " + elsewhere + " other nodes";
    }
}
