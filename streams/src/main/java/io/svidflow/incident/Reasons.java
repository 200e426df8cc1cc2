package io.svidflow.incident;

import io.svidflow.event.ComponentTransition;
import io.svidflow.event.Incident;
import io.svidflow.event.NodeTransition;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.TreeSet;

/** What lies behind an incident: a node that restarted, and what ran on it. */
final class Reasons {

    /** A node is declared NotReady some 40 s after it is gone, and a fault shows up to a minute before or after. */
    private static final Duration AROUND = Duration.ofMinutes(3);

    private Reasons() {}

    static List<String> of(String fault, Incident incident, ClusterState state) {
        TreeSet<String> reasons = new TreeSet<>(incident.getReasons());
        if (Faults.scope(fault) == io.svidflow.event.Scope.CLUSTER) {
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
        return List.copyOf(reasons);
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
