package io.svidflow.diagnosis;

import io.svidflow.event.Link;
import io.svidflow.event.NodeTransition;
import io.svidflow.event.PodTransition;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * One pod without identity, and everything that may explain it.
 *
 * @param pod what stage 1 says of the pod
 * @param missing first missing link
 * @param node its node; null when nothing is known
 * @param cluster the cluster around it
 * @param now event time of the question
 * @param backoff the agents' model
 */
public record Case(
        PodTransition pod, Link missing, NodeTransition node, ClusterView cluster, Instant now, Backoff backoff) {

    /** The registrar calls every 10 s, plus the time that a pass takes. */
    private static final Duration ROUND = Duration.ofSeconds(20);

    ServerHealth server() {
        return cluster.server();
    }

    /** Sources that could tell more of the pod, and that nobody collects. */
    List<String> notCollected() {
        return TellingSources.missing(cluster.watching(), pod.getSources());
    }

    Instant podStart() {
        return pod.getClocks().getPod();
    }

    /** Whether the first missing link is one of these. */
    boolean missingAnyOf(Link... links) {
        for (Link link : links) {
            if (link == missing) {
                return true;
            }
        }
        return false;
    }

    /** Whether nobody wants the pod to have an identity but the pod itself, as far as rules go. */
    boolean unselected() {
        return pod.getSelectionKnown() && pod.getRules().isEmpty() && "refusal".equals(pod.getExpectedBy());
    }

    /** Other pods of the pod's owner that have an identity. */
    Siblings siblings() {
        return pod.getOwner() == null
                ? Siblings.NONE
                : cluster.healthySiblings(pod.getNamespace() + "/" + pod.getOwner(), pod.getTemplate());
    }

    /** The datastore outage that matters for the pod: one that lasts, or that ended a moment ago. */
    Optional<Outage> datastoreOutage() {
        return server().datastore().outage(now).filter(this::matters);
    }

    /** While the datastore answers reads and refuses writes, nobody is registered and no agent attests. */
    Optional<Outage> writesRefused() {
        return server().trouble(Trouble.WRITES).outage(now).filter(this::matters);
    }

    /** The datastore fails calls of one kind again and again, while it answers others: what a whole outage is not. */
    Optional<Outage> someCallsFail() {
        return server().trouble(Trouble.SOME_CALLS)
                .outage(now)
                .filter(this::matters)
                .filter(run -> server().datastore()
                        .outage(now)
                        .filter(whole -> whole.touches(run.start()))
                        .isEmpty())
                .filter(run -> Duration.between(run.start(), run.lasts() ? now : run.end())
                                .compareTo(ROUND)
                        >= 0);
    }

    /** The outage that the agent of the pod's node began to fail in, if one is known. */
    Optional<Outage> outageBehind() {
        Instant since = node == null ? null : node.getSyncFailingSince();
        return since == null
                ? Optional.empty()
                : Stream.of(server().datastore().outage(now), cluster.serverOutage(now))
                        .flatMap(Optional::stream)
                        .filter(outage -> outage.explains(since))
                        .findFirst();
    }

    /**
     * Whether the pod's agent alone fails, more than once, while the server has been seen to answer others all the time: no
     * outage is behind it, and its way to the server may still be broken.
     */
    boolean cutOff() {
        return node != null
                && node.getSyncAttempts() > 1
                && node.getLastSyncAttempt() != null
                && cluster.failingNodes() == 1
                && cluster.nodes().size() > 1
                && server().registrar().callsInRhythm()
                && outageBehind().isEmpty();
    }

    /** The server outage that matters for the pod. */
    Optional<Outage> serverOutage() {
        return cluster.serverOutage(now).filter(this::matters);
    }

    /**
     * Why the registrar is down. That it has not called means nothing while what it calls is down; it may take a round to
     * call again.
     */
    Optional<RegistrarHealth.Down> registrarDown() {
        return server().registrar()
                .down(now)
                .filter(down -> !down.bySilence() || !liesBelow(new Outage(down.since(), now)));
    }

    /** The registrar's last outage, if it matters for the pod and was one of its own. */
    Optional<Outage> registrarOutage() {
        return Optional.ofNullable(server().registrar().previous())
                .filter(this::matters)
                .filter(outage -> !liesBelow(outage));
    }

    /** Whether the registrar's outage was one of what it calls. */
    private boolean liesBelow(Outage registrar) {
        return Stream.of(server().datastore().outage(now), cluster.serverOutage(now))
                .flatMap(Optional::stream)
                .anyMatch(outage -> outage.covers(registrar, ROUND));
    }

    boolean matters(Outage outage) {
        return outage.lasts() || (outage.touches(podStart()) && outage.end().isAfter(now.minus(ClusterView.AFTERMATH)));
    }
}
