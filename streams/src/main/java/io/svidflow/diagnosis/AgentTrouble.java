package io.svidflow.diagnosis;

import io.svidflow.event.Link;
import io.svidflow.event.NodeTransition;
import java.time.Instant;
import java.util.Optional;

/** What is known of an agent that cannot obtain or renew its own identity: the questions its causes share. */
final class AgentTrouble {

    private AgentTrouble() {}

    /** Whether a missing identity of the agent could explain the missing link. */
    static boolean explains(Case question) {
        return question.missingAnyOf(Link.AGENT_READY, Link.AGENT_ATTESTED, Link.SYNCHRONISED, Link.RENEWED);
    }

    /** The node attestor's refusal that the agent met last, be it at its start or when it renewed; empty: none. */
    static Optional<AttestRefusal> refusal(NodeTransition node) {
        return AttestRefusal.of(refusalText(node));
    }

    /** Its words; null: none. */
    static String refusalText(NodeTransition node) {
        boolean starting = node.getNodeAttestFailingSince() != null
                && AttestRefusal.of(node.getLastNodeAttestError()).isPresent();
        if (starting) {
            return node.getLastNodeAttestError();
        }
        return node.getRenewalFailingSince() == null ? null : node.getRenewalError();
    }

    /** Since when it is refused. */
    static Instant refusedSince(NodeTransition node) {
        return node.getNodeAttestFailingSince() != null
                ? node.getNodeAttestFailingSince()
                : node.getRenewalFailingSince();
    }

    /** Since when the agent's own SVID has been expired; null: it has not, or nobody can tell. */
    static Instant expiredSince(NodeTransition node, Instant now) {
        if (node.getAgentSvidExpiredSince() != null) {
            return node.getAgentSvidExpiredSince();
        }
        Instant expiry = node.getAgentSvidExpiresAt();
        return expiry != null && !expiry.isAfter(now) ? expiry : null;
    }
}
