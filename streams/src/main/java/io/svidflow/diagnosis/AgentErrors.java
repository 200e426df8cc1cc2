package io.svidflow.diagnosis;

import io.svidflow.event.NodeTransition;
import java.time.Instant;

/** What an agent that cannot work with its server says of it. */
final class AgentErrors {

    private AgentErrors() {}

    /**
     * The error of its last failed synchronisation, or else of its last failed node attestation; null: it does not fail. An
     * agent that has come to attest since it last tried to synchronise says what is the matter now.
     */
    static String latest(NodeTransition node) {
        boolean synchronises = node.getSyncFailingSince() != null && node.getLastSyncError() != null;
        boolean attests = node.getNodeAttestFailingSince() != null;
        boolean attestsSince = attests
                && node.getLastSyncAttempt() != null
                && node.getNodeAttestFailingSince().isAfter(node.getLastSyncAttempt());
        if (synchronises && !attestsSince) {
            return node.getLastSyncError();
        }
        return attests ? node.getLastNodeAttestError() : null;
    }

    /** Since when it has failed; null: it does not. */
    static Instant since(NodeTransition node) {
        return node.getSyncFailingSince() == null ? node.getNodeAttestFailingSince() : node.getSyncFailingSince();
    }
}
