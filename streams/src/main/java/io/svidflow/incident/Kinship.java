package io.svidflow.incident;

import io.svidflow.diagnosis.Causes;
import io.svidflow.diagnosis.Outage;
import io.svidflow.diagnosis.Replicas;
import io.svidflow.event.Incident;
import io.svidflow.event.NodeTransition;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** Which open incidents turned out to be parts of others. Pure. */
final class Kinship {

    /** What follows from an outage may show a little before it. */
    private static final Duration BEFORE = Duration.ofSeconds(60);

    private final ClusterState state;

    Kinship(ClusterState state) {
        this.state = state;
    }

    /** The open incident's fault that an open incident's fault is a part of. */
    Optional<String> partOf(String fault, Instant now) {
        Incident incident = state.incidents().get(fault);
        return oneReplica(fault)
                .or(() -> outage(fault, incident, now))
                .or(() -> whereItsFindingsBelong(fault, incident, now));
    }

    /** An agent that cannot synchronise with the replica that is at fault. */
    private Optional<String> oneReplica(String fault) {
        boolean ofTheServer = fault.equals(Faults.SERVER) || fault.equals(Faults.DATASTORE);
        String node = Faults.cutOffNodeOf(fault);
        return ofTheServer || node != null
                ? Replicas.atFault(state)
                        .filter(replica -> ofTheServer || Replicas.serves(replica, state.node(node)))
                        .map(Faults::replica)
                        .filter(this::isOpen)
                : Optional.empty();
    }

    /** What an outage of datastore or server explains. */
    private Optional<String> outage(String fault, Incident incident, Instant now) {
        for (String below : List.of(Faults.DATASTORE, Faults.SERVER)) {
            Optional<Outage> outage =
                    below.equals(Faults.DATASTORE) ? state.server().datastoreOutage(now) : state.serverOutage(now);
            if (!fault.equals(below)
                    && isOpen(below)
                    && outage.filter(o -> explains(o, fault, incident)).isPresent()) {
                return Optional.of(below);
            }
        }
        return Optional.empty();
    }

    private boolean explains(Outage outage, String fault, Incident incident) {
        boolean began = !incident.getOpenedAt().isBefore(outage.start().minus(BEFORE))
                && (outage.lasts() || !incident.getOpenedAt().isAfter(outage.end()));
        if (fault.equals(Faults.SERVER)) {
            return began && state.server().containerStopped() == null;
        }
        if (Faults.replicaOf(fault) != null) {
            return began && Replicas.atFault(state).isEmpty();
        }
        if (fault.equals(Faults.REGISTRAR)) {
            return began && incident.getCause().equals("REGISTRAR_DOWN");
        }
        NodeTransition node = Faults.cutOffNodeOf(fault) == null ? null : state.node(Faults.cutOffNodeOf(fault));
        return node != null && Faults.suffersFrom(node, outage);
    }

    /** All of its open findings have come to be ones of another fault that has an incident already. */
    private Optional<String> whereItsFindingsBelong(String fault, Incident incident, Instant now) {
        if (Faults.sourceOf(fault) != null) {
            return Optional.empty();
        }
        Set<String> faults = state.findings().values().stream()
                .filter(finding -> incident.getId().equals(finding.getIncidentId()))
                .map(finding -> Faults.of(finding, state, now))
                .collect(Collectors.toSet());
        return faults.size() == 1
                ? faults.stream()
                        .filter(other -> !other.equals(fault) && isOpen(other) && lowerOrEqual(other, incident))
                        .findFirst()
                : Optional.empty();
    }

    private boolean lowerOrEqual(String other, Incident incident) {
        String cause = state.incidents().get(other).getCause();
        return Causes.layerOf(cause).compareTo(Causes.layerOf(incident.getCause())) <= 0;
    }

    private boolean isOpen(String fault) {
        Incident incident = state.incidents().get(fault);
        return incident != null && incident.getClosedAt() == null;
    }

    /** Causes that show on all agents' nodes, or on many and most of them: they are not the nodes' own. */
    Map<String, List<String>> everywhere() {
        long agents = state.nodes().stream().filter(Kinship::hasAgent).count();
        Map<String, List<String>> byCause = state.incidents().entrySet().stream()
                .filter(entry -> entry.getValue().getClosedAt() == null)
                .filter(entry -> Faults.concernsANode(entry.getKey()))
                .filter(entry -> entry.getValue().getPods() > 0)
                .collect(Collectors.groupingBy(
                        entry -> entry.getValue().getCause(),
                        TreeMap::new,
                        Collectors.mapping(Map.Entry::getKey, Collectors.toList())));
        byCause.values().removeIf(faults -> !most(faults.size(), agents));
        return byCause;
    }

    private static boolean most(int nodes, long agents) {
        return nodes >= 2 && (nodes >= agents || (nodes >= 3 && nodes * 2L >= agents));
    }

    private static boolean hasAgent(NodeTransition node) {
        return node.getAgentPod() != null || node.getAgentId() != null;
    }
}
