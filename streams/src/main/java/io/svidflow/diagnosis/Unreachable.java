package io.svidflow.diagnosis;

import io.svidflow.event.NodeTransition;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Optional;

/** Whether agents cannot reach the server, from their own errors. */
final class Unreachable {

    /** One failed attempt is a hiccup; one each of several agents is not. */
    private static final int ENOUGH = 3;

    private static final int ENOUGH_ALONE = 2;

    private Unreachable() {}

    /** Most agents fail with a text that means so, and nothing has proven the server healthy since their last attempts. */
    static Optional<Outage> of(Collection<NodeTransition> nodes, Instant lastAnswer) {
        List<NodeTransition> failing = nodes.stream().filter(Unreachable::fails).toList();
        long agents = nodes.stream().filter(Unreachable::hasAgent).count();
        long attempts = failing.stream().mapToLong(Unreachable::attempts).sum();
        boolean enough = attempts >= (agents == 1 ? ENOUGH_ALONE : ENOUGH);
        if (!enough || failing.size() * 2L < agents || (failing.size() == 1 && agents > 1)) {
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
                && ErrorText.serverUnreachable(node.getLastSyncError())
                && !ErrorText.datastoreDown(node.getFirstSyncError());
        boolean attest =
                node.getNodeAttestFailingSince() != null && ErrorText.serverUnreachable(node.getLastNodeAttestError());
        return sync || attest;
    }

    private static long attempts(NodeTransition node) {
        return node.getSyncFailingSince() == null ? 1 : node.getSyncAttempts();
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
