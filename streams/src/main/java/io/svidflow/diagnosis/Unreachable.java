package io.svidflow.diagnosis;

import io.svidflow.event.NodeTransition;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Optional;

/** Whether agents cannot reach the server, from their own errors. */
final class Unreachable {

    /** One failed attempt is a hiccup; one each of several agents is not. */
    private static final int ENOUGH = 3;

    private static final int ENOUGH_ALONE = 2;
    /** An agent synchronises every 5 s, and its call may hang for 30 s before it fails. */
    private static final Duration CALL = Duration.ofSeconds(40);

    private Unreachable() {}

    /**
     * Most agents fail with a text that means so, or one does while the server does not answer polls either, and nothing has
     * proven the server healthy since their last attempts. It began when the server last answered, not when an agent's
     * call of 30 s had timed out.
     */
    static Optional<Outage> of(Collection<NodeTransition> nodes, ServerHealth server) {
        List<NodeTransition> failing = nodes.stream().filter(Unreachable::fails).toList();
        if (failing.isEmpty() || !(enough(failing, nodes) || server.polls().lasting())) {
            return Optional.empty();
        }
        Instant lastAnswer = server.datastore().lastAnswer();
        Instant start = start(failing, server.polls());
        Instant last =
                failing.stream().map(Unreachable::last).max(Instant::compareTo).orElseThrow();
        if (lastAnswer != null && lastAnswer.isAfter(last)) {
            return Optional.of(new Outage(start, lastAnswer));
        }
        boolean silentSince = lastAnswer != null && lastAnswer.isAfter(start.minus(CALL));
        return Optional.of(new Outage(start, null).from(silentSince ? lastAnswer : start));
    }

    private static boolean enough(List<NodeTransition> failing, Collection<NodeTransition> nodes) {
        long agents = nodes.stream().filter(Unreachable::hasAgent).count();
        long attempts = failing.stream().mapToLong(Unreachable::attempts).sum();
        return attempts >= (agents == 1 ? ENOUGH_ALONE : ENOUGH)
                && failing.size() * 2L >= agents
                && (failing.size() > 1 || agents == 1);
    }

    private static Instant start(List<NodeTransition> failing, Unanswered polls) {
        Instant agents =
                failing.stream().map(Unreachable::since).min(Instant::compareTo).orElseThrow();
        return polls.lasting() && polls.since().isBefore(agents) ? polls.since() : agents;
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
