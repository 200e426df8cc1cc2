package io.svidflow.diagnosis;

import io.svidflow.event.NodeTransition;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Optional;

/** Whether agents cannot reach the server, from their own errors. */
final class Unreachable {

    private Unreachable() {}

    /** Most agents fail with a text that means so, and nothing has proven the server healthy since their last attempts. */
    static Optional<Outage> of(Collection<NodeTransition> nodes, Instant lastAnswer) {
        List<NodeTransition> failing = nodes.stream().filter(Unreachable::fails).toList();
        long agents = nodes.stream().filter(Unreachable::hasAgent).count();
        if (failing.isEmpty() || failing.size() * 2L < agents || (failing.size() == 1 && agents > 1)) {
            return Optional.empty();
        }
        Instant start =
                failing.stream().map(Unreachable::since).min(Instant::compareTo).orElseThrow();
        Instant last =
                failing.stream().map(Unreachable::last).max(Instant::compareTo).orElseThrow();
        boolean answered = lastAnswer != null && lastAnswer.isAfter(last);
        return Optional.of(new Outage(start, answered ? lastAnswer : null));
    }

    static boolean fails(NodeTransition node) {
        boolean sync = node.getSyncFailingSince() != null
                && node.getSyncAttempts() >= 2
                && ErrorText.serverUnreachable(node.getLastSyncError())
                && !ErrorText.datastoreDown(node.getFirstSyncError());
        boolean attest =
                node.getNodeAttestFailingSince() != null && ErrorText.serverUnreachable(node.getLastNodeAttestError());
        return sync || attest;
    }

    private static boolean hasAgent(NodeTransition node) {
        return node.getAgentPod() != null || node.getAgentId() != null || node.getSyncFailingSince() != null;
    }

    private static Instant since(NodeTransition node) {
        return node.getSyncFailingSince() != null ? node.getSyncFailingSince() : node.getNodeAttestFailingSince();
    }

    private static Instant last(NodeTransition node) {
        return node.getLastSyncAttempt() != null ? node.getLastSyncAttempt() : node.getNodeAttestFailingSince();
    }
}
