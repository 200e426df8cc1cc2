package io.svidflow.diagnosis;

import static io.svidflow.diagnosis.Assessment.fact;
import static io.svidflow.diagnosis.Assessment.likely;
import static io.svidflow.diagnosis.Assessment.ruledOut;
import static io.svidflow.diagnosis.Assessment.silent;

import io.svidflow.event.Link;
import io.svidflow.event.NodeTransition;
import java.time.Duration;

/** The server does not know the agent any more. From 1.10 on it attests again by itself; an alarm only if it does not. */
final class AgentEvicted implements Cause {

    private static final int MANY = 3;
    private static final Duration AT_ONCE = Duration.ofMinutes(2);

    @Override
    public String name() {
        return "AGENT_EVICTED";
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
        if (node.getEvictedAt() == null) {
            return node.getAttestedAt() == null
                    ? silent()
                    : ruledOut("the agent is attested, at the latest since " + node.getAttestedAt());
        }
        if (!question.missingAnyOf(Link.AGENT_ATTESTED, Link.AGENT_READY, Link.SYNCHRONISED)) {
            return silent();
        }
        String agent = "the server no longer knows agent " + node.getAgentId() + ", and it has not attested again";
        long evicted = question.cluster().nodes().stream()
                .filter(other -> together(node, other))
                .count();
        if (evicted >= MANY) {
            // a server that was replaced knows nobody, and its agents' logs say that they do not trust it either
            boolean agentsUnheard = question.notCollected().contains("agent-log") || node.getSyncFailingSince() == null;
            return likely(
                            agentsUnheard ? Diagnosis.DOUBTFUL : 0.9,
                            fact(
                                    node.getEvictedAt(),
                                    Link.AGENT_ATTESTED,
                                    agent + "; so it is with " + evicted
                                            + " agents at once: the server's datastore may have been restored or replaced"))
                    .ofKind("MANY");
        }
        return node.getAgentDeletedAt() == null
                ? likely(0.9, fact(node.getEvictedAt(), Link.AGENT_ATTESTED, agent))
                : likely(
                                0.9,
                                fact(
                                        node.getAgentDeletedAt(),
                                        Link.AGENT_ATTESTED,
                                        agent + "; somebody deleted it by command"))
                        .ofKind("OPERATOR");
    }

    /** Nobody evicts several agents by hand within such a time. */
    private static boolean together(NodeTransition node, NodeTransition other) {
        return other.getEvictedAt() != null
                && other.getAgentDeletedAt() == null
                && Duration.between(node.getEvictedAt(), other.getEvictedAt())
                                .abs()
                                .compareTo(AT_ONCE)
                        <= 0;
    }
}
