package io.svidflow.incident;

import io.svidflow.diagnosis.AgentRenewalFailing;
import io.svidflow.diagnosis.ClusterView;
import io.svidflow.diagnosis.Outage;
import io.svidflow.event.Evidence;
import io.svidflow.event.Link;
import io.svidflow.event.NodeTransition;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * Agents that fail to renew their own SVID while it is still valid: no pod waits yet, and there is time to act. While
 * the server or its datastore is down nobody renews, and that is no news.
 */
final class AgentWarnings {

    /** A renewal is tried again after 5 s, 12 s, 24 s, 41 s ... */
    private static final int ENOUGH = 3;

    private static final Duration LONG = Duration.ofSeconds(60);

    private AgentWarnings() {}

    /** The trouble of a node's agent, while it lasts. */
    static Optional<Outage> of(NodeTransition node, ClusterView cluster, Instant now) {
        boolean fails = node.getRenewalFailures() >= ENOUGH
                && AgentRenewalFailing.lasts(node)
                && !now.isBefore(node.getRenewalFailingSince().plus(LONG));
        return fails && !outage(cluster, now)
                ? Optional.of(new Outage(node.getRenewalFailingSince(), null))
                : Optional.empty();
    }

    static Evidence words(NodeTransition node) {
        return new Evidence(node.getRenewalFailingSince(), Link.AGENT_ATTESTED, AgentRenewalFailing.words(node), null);
    }

    private static boolean outage(ClusterView cluster, Instant now) {
        return cluster.server().datastoreOutage(now).filter(Outage::lasts).isPresent()
                || cluster.serverOutage(now).filter(Outage::lasts).isPresent();
    }
}
