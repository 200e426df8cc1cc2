package io.svidflow.incident;

import io.svidflow.diagnosis.Replicas;
import io.svidflow.event.Finding;
import io.svidflow.event.Incident;
import io.svidflow.event.Link;
import io.svidflow.event.NodeTransition;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** A replica of the server whose agents are not given entries that another replica's agents have long been given. */
final class ReplicaSkew {

    private static final Set<Link> NOT_GIVEN = Set.of(Link.SYNCHRONISED, Link.SVID_ISSUED);

    private ReplicaSkew() {}

    /** What an agent that does not synchronise lacks says nothing about the server. */
    private static boolean synchronises(NodeTransition node) {
        return node == null || (node.getSyncFailingSince() == null && node.getSilentSince() == null);
    }

    static Optional<String> of(Incident incident, ClusterState state) {
        List<Finding> waiting = state.findings().values().stream()
                .filter(finding -> incident.getId().equals(finding.getIncidentId()))
                .filter(finding -> NOT_GIVEN.contains(finding.getFirstMissing()))
                .filter(finding -> finding.getClocks().getEntry() != null)
                .filter(finding -> synchronises(state.node(finding.getNode())))
                .toList();
        List<String> replicas = waiting.stream()
                .map(finding -> state.node(finding.getNode()))
                .filter(Objects::nonNull)
                .map(NodeTransition::getServerReplica)
                .distinct()
                .toList();
        if (replicas.size() != 1 || replicas.get(0) == null) {
            return Optional.empty();
        }
        String lagging = replicas.get(0);
        Map<String, Instant> given = state.waits().given();
        Instant oldest = waiting.stream()
                .map(finding -> finding.getClocks().getEntry())
                .min(Instant::compareTo)
                .orElseThrow();
        Instant own = given.getOrDefault(lagging, Instant.MIN);
        String ahead = given.entrySet().stream()
                .filter(other ->
                        !other.getKey().equals(lagging) && !other.getValue().isBefore(oldest))
                .map(other -> other.getKey() + " have entries of " + other.getValue())
                .collect(Collectors.joining(", those of "));
        return ahead.isEmpty() || !own.isBefore(oldest)
                ? Optional.empty()
                : Optional.of(Replicas.PREFIX + lagging + " lags: its agents have not been given the entry of " + oldest
                        + ", those of " + ahead);
    }
}
