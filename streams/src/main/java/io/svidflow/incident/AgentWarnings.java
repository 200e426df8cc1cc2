package io.svidflow.incident;

import io.svidflow.diagnosis.AgentRenewalFailing;
import io.svidflow.diagnosis.AgentSilence;
import io.svidflow.diagnosis.ClusterView;
import io.svidflow.diagnosis.Outage;
import io.svidflow.diagnosis.Replicas;
import io.svidflow.event.Evidence;
import io.svidflow.event.Link;
import io.svidflow.event.NodeTransition;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * Agents in trouble that no pod waits for yet, so that there is time to act: they fail to renew their own SVID while it is
 * still valid, or they hang. While the server or its datastore is down nobody renews or synchronises, and that is no news.
 */
final class AgentWarnings {

    /** A renewal is tried again after 5 s, 12 s, 24 s, 41 s ... */
    private static final int ENOUGH = 3;

    private static final Duration LONG = Duration.ofSeconds(60);

    private AgentWarnings() {}

    /**
     * What an operator is warned of.
     *
     * @param cause cause that pods will have
     */
    record Warning(String cause, Instant since, Evidence evidence) {

        Outage trouble() {
            return new Outage(since, null);
        }
    }

    /** Whether time alone may bring a warning of the node's agent or its log. */
    static boolean mayCome(NodeTransition node) {
        boolean cutOff = node.getSyncFailingSince() != null && node.getServerReplica() != null;
        return node.getRenewalFailingSince() != null
                || node.getSilentSince() != null
                || node.getAgentLogMuteSince() != null
                || cutOff;
    }

    /** The trouble of a node's agent, while it lasts. */
    static Optional<Warning> of(NodeTransition node, ClusterView cluster, Instant now) {
        return outage(cluster, now) ? Optional.empty() : renewal(node, now).or(() -> silence(node, cluster, now));
    }

    private static Optional<Warning> renewal(NodeTransition node, Instant now) {
        boolean fails = node.getRenewalFailures() >= ENOUGH
                && AgentRenewalFailing.lasts(node)
                && !now.isBefore(node.getRenewalFailingSince().plus(LONG));
        return fails
                ? Optional.of(new Warning(
                        AgentRenewalFailing.becomes(node, now),
                        node.getRenewalFailingSince(),
                        new Evidence(
                                node.getRenewalFailingSince(),
                                Link.AGENT_ATTESTED,
                                AgentRenewalFailing.words(node),
                                null)))
                : Optional.empty();
    }

    private static Optional<Warning> silence(NodeTransition node, ClusterView cluster, Instant now) {
        if (Replicas.atFault(cluster)
                .filter(replica -> Replicas.serves(replica, node))
                .isPresent()) {
            return Optional.empty(); // whoever it served falls silent with it
        }
        return AgentSilence.of(node, cluster, now)
                .map(evidence -> new Warning("AGENT_NOT_READY", evidence.getAt(), evidence));
    }

    private static boolean outage(ClusterView cluster, Instant now) {
        return cluster.server().datastoreOutage(now).filter(Outage::lasts).isPresent()
                || cluster.serverOutage(now).filter(Outage::lasts).isPresent();
    }
}
