package io.svidflow.diagnosis;

import io.svidflow.event.NodeTransition;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A server that hangs: nobody complains of it whose log is collected, and nobody is answered any more. Polls that get no
 * answer may be the collector's own fault, and a registrar or an agent that is not seen to be served may hang itself; two of
 * them together are the server, or the way of all to it.
 */
final class SilentServer {

    /** What polled its API every few seconds and has stopped to do so tells nothing. */
    private static final Duration POLLED = Duration.ofSeconds(60);

    private SilentServer() {}

    /** The silence that lasts at {@code now}; it began with the last answer. Empty: somebody is answered, or too few ask. */
    static Optional<Outage> of(ClusterView cluster, Instant now) {
        Unanswered polls = cluster.server().polls();
        if (!polls.lasting()
                || now.isAfter(polls.last().plus(POLLED))
                || witnesses(cluster, now).isEmpty()) {
            return Optional.empty();
        }
        Instant answer = cluster.server().datastore().lastAnswer();
        return Optional.of(new Outage(answer == null ? polls.since() : answer, null).from(polls.since()));
    }

    /** Who else is not answered, in words. */
    static List<String> witnesses(ClusterView cluster, Instant now) {
        List<String> witnesses = new ArrayList<>();
        RegistrarHealth registrar = cluster.server().registrar();
        registrar
                .down(now)
                .filter(down -> down.bySilence() || ErrorText.serverUnreachable(registrar.error()))
                .ifPresent(down -> witnesses.add(
                        "spire-controller-manager has not been seen to be answered since " + down.since()));
        unserved(cluster).ifPresent(witnesses::add);
        return witnesses;
    }

    /** All agents that somebody would see served, and none of them is. */
    private static Optional<String> unserved(ClusterView cluster) {
        List<NodeTransition> watched = cluster.nodes().stream()
                .filter(node -> node.getLastSyncSuccess() != null && Boolean.TRUE.equals(node.getReady()))
                .toList();
        boolean all = !watched.isEmpty()
                && watched.stream()
                        .allMatch(node -> node.getUnservedSince() != null || node.getSyncFailingSince() != null);
        return all
                ? Optional.of("none of " + watched.size() + " agents has been seen to be served since "
                        + watched.stream()
                                .map(NodeTransition::getLastSyncSuccess)
                                .max(Instant::compareTo)
                                .orElseThrow())
                : Optional.empty();
    }
}
