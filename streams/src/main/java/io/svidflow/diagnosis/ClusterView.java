package io.svidflow.diagnosis;

import io.svidflow.event.ComponentTransition;
import io.svidflow.event.NodeTransition;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.Optional;
import java.util.Set;

/** What a diagnosis may ask about the cluster around a pod. */
public interface ClusterView {

    /** The node; null when nothing is known of it. */
    NodeTransition node(String name);

    /** All nodes of which something is known. */
    Collection<NodeTransition> nodes();

    /** SPIRE server and datastore pods. */
    Collection<ComponentTransition> components();

    /** The server, its datastore and its registrar. */
    ServerHealth server();

    /** Latest start of a pod that has got its entry; null: none is known. */
    Instant latestRegisteredStart();

    /**
     * Other pods of an owner that have an identity.
     *
     * @param owner namespace/Kind/name
     * @param template which version of the owner's template to tell from the others; null: not known
     */
    Siblings healthySiblings(String owner, String template);

    /**
     * Whether no source of a kind has been silent since then: only what somebody would have heard is silence.
     *
     * @param kind e.g. {@code controller-manager-log}
     */
    default boolean heardThroughout(String kind, Instant since) {
        return true;
    }

    /** Whether the log of every server pod is collected: a call that none of them shows was not made. */
    default boolean everyReplicaHeard() {
        return true;
    }

    /** When the agent of a node synchronised again after it had failed to; null: it is not known to have failed. */
    default Instant healedAt(String node) {
        return null;
    }

    /** Kinds of sources that watch the cluster as a whole; {@code audit} among them once the audit log was seen. */
    default Set<String> watching() {
        return Set.of();
    }

    /**
     * What pods made from the same template were seen to do about their identity.
     *
     * @param owner namespace/Kind/name
     */
    default SiblingRequests siblingRequests(String owner, String template) {
        return SiblingRequests.NONE;
    }

    /** Agents whose last attempt to synchronise failed. */
    default long failingNodes() {
        return nodes().stream()
                .filter(node -> node.getSyncFailingSince() != null)
                .count();
    }

    /**
     * The present or last outage of the server: its container is stopped, most agents cannot reach it, or it has fallen
     * silent. What its callers could not do during it says nothing about them.
     */
    default Optional<Outage> serverOutage(Instant now) {
        Optional<Outage> shown = shownServerOutage(now);
        Instant since = server().unreachableSince();
        Outage previous = server().previous();
        if (shown.filter(Outage::lasts).isPresent()) {
            return since == null ? shown : Optional.of(shown.get().from(since));
        }
        boolean remembered = previous != null
                && (shown.isEmpty() || previous.touches(shown.get().start()));
        return remembered ? Optional.of(previous) : shown;
    }

    /** The outage of the server that container, agents, polls and silence show at this moment. */
    default Optional<Outage> shownServerOutage(Instant now) {
        Instant stopped = server().containerStopped();
        return stopped == null
                ? Unreachable.of(nodes(), server()).or(() -> SilentServer.of(this, now))
                : Optional.of(new Outage(stopped, null));
    }

    /** Proof, later than {@code after}, that server and datastore work: an answer, or an agent that synchronised. */
    default Optional<Instant> healthySince(Instant after) {
        Instant answer = server().datastore().lastAnswer();
        Instant best = answer != null && answer.isAfter(after) ? answer : null;
        for (NodeTransition node : nodes()) {
            Instant synced = node.getSyncFailingSince() == null ? node.getLastSyncSuccess() : null;
            if (synced != null && synced.isAfter(after) && (best == null || synced.isAfter(best))) {
                best = synced;
            }
        }
        return Optional.ofNullable(best);
    }

    /** How long a fault that is over still explains what is missing. */
    Duration AFTERMATH = Duration.ofSeconds(60);
}
