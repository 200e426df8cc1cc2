package io.svidflow.diagnosis;

import io.svidflow.event.NodeTransition;
import java.time.Instant;

/** What an agent that cannot work with its server says of it. */
final class AgentErrors {

    private AgentErrors() {}

    /** The error of its last failed synchronisation, or else of its last failed node attestation; null: it does not fail. */
    static String latest(NodeTransition node) {
        if (node.getSyncFailingSince() != null && node.getLastSyncError() != null) {
            return node.getLastSyncError();
        }
        return node.getNodeAttestFailingSince() == null ? null : node.getLastNodeAttestError();
    }

    /** Since when it has failed; null: it does not. */
    static Instant since(NodeTransition node) {
        return node.getSyncFailingSince() == null ? node.getNodeAttestFailingSince() : node.getSyncFailingSince();
    }
}
