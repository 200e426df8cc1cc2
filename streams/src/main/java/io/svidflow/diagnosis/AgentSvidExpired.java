package io.svidflow.diagnosis;

import static io.svidflow.diagnosis.Assessment.fact;
import static io.svidflow.diagnosis.Assessment.likely;
import static io.svidflow.diagnosis.Assessment.ruledOut;
import static io.svidflow.diagnosis.Assessment.silent;

import io.svidflow.event.Link;
import io.svidflow.event.NodeTransition;
import java.time.Instant;

/**
 * The agent's own SVID has expired and it has not got another one: the server does not serve it. Where it is known what
 * kept the agent from renewing, that is the headline and this one of its consequences.
 */
final class AgentSvidExpired implements Cause {

    static final String NAME = "AGENT_SVID_EXPIRED";

    @Override
    public String name() {
        return NAME;
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
        Instant expired = AgentTrouble.expiredSince(node, question.now());
        if (expired == null) {
            return node.getAgentSvidExpiresAt() == null
                    ? silent()
                    : ruledOut("the agent's own SVID is valid until " + node.getAgentSvidExpiresAt());
        }
        return AgentTrouble.explains(question)
                ? likely(confidence(question, node), fact(expired, Link.AGENT_ATTESTED, words(node, expired)))
                : silent();
    }

    private static double confidence(Case question, NodeTransition node) {
        boolean said = node.getAgentSvidExpiredSince() != null;
        boolean tried = node.getRenewalFailingSince() != null || node.getSyncFailingSince() != null;
        if (question.missingAnyOf(Link.AGENT_READY) && !said && node.getRenewalFailingSince() == null) {
            return 0.5; // an agent that is down for long enough expires too
        }
        boolean otherFault = AgentTrouble.refusal(node).isPresent()
                || question.datastoreOutage().isPresent()
                || question.serverOutage().isPresent();
        if (otherFault) {
            return 0.8;
        }
        return said ? 0.92 : tried ? 0.9 : 0.75;
    }

    private static String words(NodeTransition node, Instant expired) {
        String why = node.getRenewalFailingSince() == null
                ? ""
                : "; it has failed to renew it since " + node.getRenewalFailingSince() + ": " + node.getRenewalError();
        return "the own SVID of the agent on " + node.getNode() + " expired at " + expired + why;
    }
}
