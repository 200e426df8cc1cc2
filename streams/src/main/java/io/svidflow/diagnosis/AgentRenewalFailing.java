package io.svidflow.diagnosis;

import static io.svidflow.diagnosis.Assessment.fact;
import static io.svidflow.diagnosis.Assessment.likely;
import static io.svidflow.diagnosis.Assessment.ruledOut;
import static io.svidflow.diagnosis.Assessment.silent;

import io.svidflow.event.Link;
import io.svidflow.event.NodeTransition;
import java.time.Instant;

/**
 * The agent fails to renew its own SVID, which is still valid: pods get identities until it expires. An incident without
 * pods as a rule, and half of the SVID's lifetime ahead of AGENT_SVID_EXPIRED.
 */
public final class AgentRenewalFailing implements Cause {

    /** Its name. */
    public static final String NAME = "AGENT_RENEWAL_FAILING";

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
        if (node.getRenewalFailingSince() == null) {
            return node.getAgentSvidExpiresAt() == null ? silent() : ruledOut("no failure to renew the agent's SVID");
        }
        Instant expired = AgentTrouble.expiredSince(node, question.now());
        if (expired != null) {
            return ruledOut("the agent's SVID is beyond renewal: it expired at " + expired);
        }
        return question.missingAnyOf(Link.AGENT_ATTESTED, Link.SYNCHRONISED, Link.RENEWED)
                ? likely(0.5, fact(node.getRenewalFailingSince(), Link.AGENT_ATTESTED, words(node)))
                : silent();
    }

    /** What the failures of a node's agent to renew amount to. */
    public static String words(NodeTransition node) {
        String until = node.getAgentSvidExpiresAt() == null
                ? "its expiry is not known"
                : "it expires at " + node.getAgentSvidExpiresAt();
        return "the agent of " + node.getNode() + " cannot renew its own SVID (" + until + "): "
                + node.getRenewalError();
    }

    /** Whether the agent fails to renew for a reason of its own, not because nobody reaches server or datastore. */
    public static boolean lasts(NodeTransition node) {
        return node.getRenewalFailingSince() != null
                && !ErrorText.serverUnreachable(node.getRenewalError())
                && !ErrorText.datastoreDown(node.getRenewalError());
    }

    /** The cause that this is by now: once the SVID has run out it is no longer a warning. */
    public static String becomes(NodeTransition node, Instant now) {
        return AgentTrouble.expiredSince(node, now) == null ? NAME : AgentSvidExpired.NAME;
    }
}
