package io.svidflow.incident;

import io.svidflow.diagnosis.Replicas;
import io.svidflow.event.ComponentTransition;
import io.svidflow.event.Incident;
import io.svidflow.event.NodeTransition;
import io.svidflow.event.Scope;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;

/**
 * What lies behind an incident: a node that restarted and what ran on it, an agent that did, one replica of the server that
 * fails or lags, a registrar that caught up at once, an agent that changed its name.
 */
final class Reasons {

    /** A node is declared NotReady some 40 s after it is gone, and a fault shows up to a minute before or after. */
    private static final Duration AROUND = Duration.ofMinutes(3);

    private Reasons() {}

    static List<String> of(String fault, Incident incident, ClusterState state) {
        TreeSet<String> reasons = new TreeSet<>(incident.getReasons());
        if (incident.getScope() == Scope.CLUSTER) {
            String role = fault.equals(Faults.DATASTORE) ? "DATASTORE" : "SPIRE_SERVER";
            for (ComponentTransition component : state.components()) {
                NodeTransition node = state.node(component.getNode());
                if (component.getRole().equals(role) && node != null && troubled(node, incident)) {
                    String what = role.equals("DATASTORE") ? "the datastore pod " : "the server pod ";
                    reasons.removeIf(reason -> reason.startsWith("node " + node.getNode() + ","));
                    reasons.add("node " + node.getNode() + ", which runs " + what + component.getNamespace() + "/"
                            + component.getPod() + ", " + story(node));
                }
            }
        }
        for (String name : incident.getNodes()) {
            NodeTransition node = state.node(name);
            boolean named = reasons.stream().anyMatch(reason -> reason.startsWith("node " + name + ","));
            if (!named && node != null && node.getRebooted() && near(node.getRecoveredAt(), incident)) {
                reasons.removeIf(reason -> reason.startsWith("node " + name + " "));
                reasons.add("node " + name + " " + story(node));
            }
        }
        agentRestarts(incident, state, reasons);
        replace(reasons, Replicas.PREFIX, replica(fault, state).or(() -> ReplicaSkew.of(incident, state)));
        replace(reasons, LateEntries.PREFIX, LateEntries.of(incident, state));
        replace(reasons, ParentDrift.PREFIX, ParentDrift.of(incident, state));
        return List.copyOf(reasons);
    }

    private static Optional<String> replica(String fault, ClusterState state) {
        return Replicas.atFault(state)
                .filter(replica -> replica.equals(Faults.replicaOf(fault)))
                .map(replica -> Replicas.story(replica, state));
    }

    /** What is known of one thing may grow; what was known of it stays when it is no more. */
    private static void replace(TreeSet<String> reasons, String prefix, Optional<String> now) {
        now.ifPresent(text -> {
            reasons.removeIf(reason -> reason.startsWith(prefix));
            reasons.add(text);
        });
    }

    /** The parent of a node's entries started anew, without its node. */
    private static void agentRestarts(Incident incident, ClusterState state, TreeSet<String> reasons) {
        if (incident.getScope() != Scope.NODE) {
            return;
        }
        for (String name : incident.getNodes()) {
            NodeTransition node = state.node(name);
            boolean withItsNode = reasons.stream().anyMatch(reason -> reason.startsWith("node " + name));
            if (!withItsNode && node != null && near(node.getAgentStartedAt(), incident)) {
                reasons.removeIf(reason -> reason.startsWith("the agent of " + name + " "));
                reasons.add("the agent of " + name + " started anew at " + node.getAgentStartedAt());
            }
        }
    }

    private static boolean troubled(NodeTransition node, Incident incident) {
        return near(node.getNotReadySince(), incident) || near(node.getRecoveredAt(), incident);
    }

    private static boolean near(Instant at, Incident incident) {
        return at != null
                && !at.isBefore(incident.getOpenedAt().minus(AROUND))
                && (incident.getClosedAt() == null || !at.isAfter(incident.getClosedAt()));
    }

    private static String story(NodeTransition node) {
        if (node.getNotReadySince() != null) {
            return "has not been Ready since " + node.getNotReadySince();
        }
        return (node.getRebooted() ? "restarted (new boot id) and came back at " : "was not Ready until ")
                + node.getRecoveredAt();
    }
}
