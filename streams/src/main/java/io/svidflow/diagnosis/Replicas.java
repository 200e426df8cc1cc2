package io.svidflow.diagnosis;

import io.svidflow.event.ComponentTransition;
import io.svidflow.event.NodeTransition;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * Replicas of the SPIRE server, told apart by the agents that they serve: where those of one replica fail and those of the
 * others do not, the replica is at fault, and neither the agents nor what all replicas share. Which replica serves an agent
 * is known from the replicas' own logs.
 */
public final class Replicas {

    /** One agent may fail for reasons of its own. */
    private static final int ENOUGH = 2;

    /** How sentences about one replica begin. */
    public static final String PREFIX = "server replica ";

    private Replicas() {}

    /** The one replica that is at fault; empty when none is, or when it cannot be told from a fault of all. */
    public static Optional<String> atFault(ClusterView cluster) {
        Map<String, List<NodeTransition>> served = served(cluster);
        if (served.size() < 2) {
            return Optional.empty();
        }
        List<String> failing = served.entrySet().stream()
                .filter(replica -> replica.getValue().stream().allMatch(Replicas::fails))
                .map(Map.Entry::getKey)
                .toList();
        boolean othersWork = served.entrySet().stream()
                .filter(replica -> !failing.contains(replica.getKey()))
                .flatMap(replica -> replica.getValue().stream())
                .noneMatch(node -> fails(node) || failedWith(node, served, failing, cluster));
        return failing.size() == 1 && othersWork && certain(failing.get(0), served, cluster)
                ? Optional.of(failing.get(0))
                : Optional.empty();
    }

    /** Whether the replica was the last one that served the node's agent. */
    public static boolean serves(String replica, NodeTransition node) {
        return node != null && replica.equals(node.getServerReplica());
    }

    /** Whether agents are known to be served by several replicas, so that what one does says nothing of another. */
    static boolean differ(ClusterView cluster) {
        return served(cluster).size() > 1;
    }

    /** When the replica that last served the node's agent was last seen to serve another one, if later than {@code after}. */
    static Optional<Instant> servesOthers(NodeTransition node, ClusterView cluster, Instant after) {
        return served(cluster).getOrDefault(String.valueOf(node.getServerReplica()), List.of()).stream()
                .filter(other -> !other.getNode().equals(node.getNode()) && other.getSyncFailingSince() == null)
                .map(NodeTransition::getLastSyncSuccess)
                .filter(synced -> synced != null && synced.isAfter(after))
                .max(Instant::compareTo);
    }

    /** Nodes by the replica that last served their agent. */
    private static Map<String, List<NodeTransition>> served(ClusterView cluster) {
        Set<String> pods = cluster.components().stream()
                .filter(component -> component.getRole().equals("SPIRE_SERVER"))
                .map(ComponentTransition::getPod)
                .collect(Collectors.toSet());
        return cluster.nodes().stream()
                .filter(node -> node.getServerReplica() != null)
                // one that was replaced serves nobody
                .filter(node -> pods.isEmpty() || pods.contains(node.getServerReplica()))
                .collect(Collectors.groupingBy(NodeTransition::getServerReplica, TreeMap::new, Collectors.toList()));
    }

    /** In words: whose agents fail and whose do not. */
    public static String story(String replica, ClusterView cluster) {
        Map<String, List<NodeTransition>> served = served(cluster);
        return PREFIX + replica + " alone: the agents that it serves fail (" + names(served.get(replica))
                + "), those of "
                + served.entrySet().stream()
                        .filter(other -> !other.getKey().equals(replica))
                        .map(other -> other.getKey() + " do not (" + names(other.getValue()) + ")")
                        .collect(Collectors.joining(", those of "));
    }

    private static boolean fails(NodeTransition node) {
        return (node.getSyncFailingSince() != null && node.getSyncAttempts() > 1) || node.getSilentSince() != null;
    }

    /** An agent that works again, and failed while those of the replica did: whatever it was struck both. */
    private static boolean failedWith(
            NodeTransition node, Map<String, List<NodeTransition>> served, List<String> failing, ClusterView cluster) {
        Instant healed = cluster.healedAt(node.getNode());
        return healed != null
                && failing.stream()
                        .flatMap(replica -> served.get(replica).stream())
                        .map(Replicas::since)
                        .anyMatch(healed::isAfter);
    }

    private static Instant since(NodeTransition node) {
        return node.getSyncFailingSince() == null ? node.getSilentSince() : node.getSyncFailingSince();
    }

    private static boolean certain(String replica, Map<String, List<NodeTransition>> served, ClusterView cluster) {
        return served.get(replica).size() >= ENOUGH
                || cluster.components().stream().anyMatch(pod -> pod.getPod().equals(replica) && troubled(pod));
    }

    private static boolean troubled(ComponentTransition pod) {
        return pod.getGone() || !pod.getRunning() || !pod.getReady();
    }

    private static String names(List<NodeTransition> nodes) {
        return nodes.stream().map(NodeTransition::getNode).sorted().collect(Collectors.joining(", "));
    }
}
