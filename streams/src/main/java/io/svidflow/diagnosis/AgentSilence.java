package io.svidflow.diagnosis;

import io.svidflow.event.Evidence;
import io.svidflow.event.Link;
import io.svidflow.event.NodeTransition;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * An agent that hangs: it used to synchronise in rhythm, does so no more, and does not complain. It means something only
 * while others are seen to be served, so that neither the server nor who reports on it has fallen silent.
 */
public final class AgentSilence {

    /** The registrar calls every 10 s. */
    private static final Duration LATELY = Duration.ofSeconds(30);

    private AgentSilence() {}

    /** What shows that the agent of a node hangs; empty: nothing does. */
    public static Optional<Evidence> of(NodeTransition node, ClusterView cluster, Instant now) {
        boolean byAuditAlone = node.getSilentBy().equals(List.of(TellingSources.AUDIT));
        if (node.getSilentSince() == null || (byAuditAlone && !cluster.everyReplicaHeard())) {
            return Optional.empty();
        }
        return witness(node, cluster, now)
                .map(witness -> new Evidence(
                        node.getSilentSince(),
                        Link.SYNCHRONISED,
                        "the agent synchronised in rhythm until " + node.getSilentSince()
                                + ", has not since and logs no failure (seen by "
                                + String.join(", ", node.getSilentBy()) + "); " + witness,
                        null));
    }

    private static Optional<String> witness(NodeTransition silent, ClusterView cluster, Instant now) {
        Optional<String> agent = cluster.nodes().stream()
                .filter(node -> !node.getNode().equals(silent.getNode()))
                .filter(node -> node.getSilentSince() == null
                        && node.getSyncFailingSince() == null
                        && node.getLastSyncSuccess() != null
                        && Boolean.TRUE.equals(node.getReady()))
                .map(node -> "the agent of " + node.getNode() + " does synchronise")
                .findFirst();
        Instant called = cluster.server().registrar().at(RegistrarHealth.Sign.CALLED);
        return agent.or(() -> called.isAfter(now.minus(LATELY))
                ? Optional.of("the server answered spire-controller-manager at " + called)
                : Optional.empty());
    }
}
