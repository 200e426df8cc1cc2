package io.svidflow.unreported;

import io.svidflow.event.Finding;
import io.svidflow.event.Incident;
import io.svidflow.event.Scope;
import java.time.Duration;
import java.util.Collection;
import java.util.Set;
import java.util.stream.Collectors;

/** What is reported anyway and needs no explanation. */
final class Reported {

    /** What leads to an incident happens before its graces are over. */
    private static final Duration LEAD = Duration.ofMinutes(1);

    private final Set<String> pods;
    private final Collection<Finding> findings;
    private final Collection<Incident> incidents;

    Reported(Collection<Finding> findings, Collection<Incident> incidents) {
        this.findings = findings;
        this.incidents = incidents;
        pods = findings.stream().map(Finding::getPodUid).collect(Collectors.toSet());
    }

    boolean pod(String uid) {
        return pods.contains(uid);
    }

    /** Whether a finding or an incident covers the node at that time. */
    boolean covers(String node, Spell spell) {
        return findings.stream()
                        .filter(finding -> node.equals(finding.getNode()))
                        .anyMatch(finding -> new Spell(finding.getSince(), finding.getRecoveredAt()).overlaps(spell))
                || incidents.stream()
                        .filter(incident -> reaches(incident, node))
                        .anyMatch(incident ->
                                new Spell(incident.getOpenedAt().minus(LEAD), incident.getClosedAt()).overlaps(spell));
    }

    private static boolean reaches(Incident incident, String node) {
        return incident.getScope() == Scope.CLUSTER
                || incident.getScope() == Scope.SERVER
                || incident.getNodes().contains(node);
    }
}
