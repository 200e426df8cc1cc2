package io.svidflow.incident;

import io.svidflow.diagnosis.Replicas;
import io.svidflow.event.ComponentTransition;
import io.svidflow.event.Incident;
import io.svidflow.event.Scope;
import java.util.List;
import java.util.Set;

/** How far an incident reaches: from what it is about, and from whom it has harmed. */
final class Reach {

    private static final Set<String> OF_A_NODE = Set.of("agent-log", "agent-debug");
    private static final String SERVER_LOG = "server-log";

    private Reach() {}

    /** The scope of the incident of a fault as it stands. */
    static Scope of(String fault, Incident incident, ClusterState state) {
        if (Faults.sourceOf(fault) != null) {
            return ofSource(Faults.sourceOf(fault), state);
        }
        if (Faults.replicaOf(fault) != null) {
            return Scope.SERVER;
        }
        if (Faults.concernsEverybody(fault)) {
            boolean oneLags = incident.getReasons().stream().anyMatch(reason -> reason.startsWith(Replicas.PREFIX));
            return oneLags ? Scope.SERVER : Scope.CLUSTER;
        }
        if (!Faults.concernsAnOwner(fault)) {
            return Scope.NODE;
        }
        return incident.getPods() > 1 ? Scope.OWNER : Scope.POD;
    }

    /** Nodes that a source tells of; none where it tells of the whole cluster. */
    static List<String> nodesOf(String source) {
        String[] name = source.split("/", 2);
        return OF_A_NODE.contains(name[0]) && name.length == 2 ? List.of(name[1]) : List.of();
    }

    private static Scope ofSource(String source, ClusterState state) {
        String kind = source.split("/", 2)[0];
        if (OF_A_NODE.contains(kind)) {
            return Scope.NODE;
        }
        return kind.equals(SERVER_LOG) && replicas(state) > 1 ? Scope.SERVER : Scope.CLUSTER;
    }

    private static long replicas(ClusterState state) {
        return state.components().stream()
                .filter(component -> component.getRole().equals("SPIRE_SERVER"))
                .map(ComponentTransition::getPod)
                .distinct()
                .count();
    }
}
