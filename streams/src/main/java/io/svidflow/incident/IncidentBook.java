package io.svidflow.incident;

import io.svidflow.diagnosis.Causes;
import io.svidflow.event.Evidence;
import io.svidflow.event.Finding;
import io.svidflow.event.Incident;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.avro.specific.SpecificRecord;

/**
 * The incidents of a cluster, one per fault: opens them, adds findings to them, makes one of two, closes them, and opens
 * them again when the fault comes back soon.
 */
final class IncidentBook {

    /** The same fault within this time after its end is the same incident. */
    private static final Duration QUIET = Duration.ofSeconds(120);

    private final ClusterState state;

    IncidentBook(ClusterState state) {
        this.state = state;
    }

    /** The open incident that the finding belongs to; opened now if there is none. */
    String join(Finding finding, Instant now) {
        Optional<String> present = keyOf(finding.getIncidentId()).filter(this::isOpen);
        if (present.isPresent() && !deeper(finding, present.get())) {
            return present.get();
        }
        String fault = Faults.of(finding, state, now);
        // A registrar that fails because its server failed is no fault of its own.
        if (finding.getCause().equals("REGISTRAR_DOWN")) {
            for (String below : List.of(Faults.DATASTORE, Faults.SERVER)) {
                fault = isOpen(below) ? below : fault;
            }
        }
        String everywhere = Faults.everywhere(finding.getCause());
        if (Faults.concernsANode(fault) && isOpen(everywhere)) {
            fault = everywhere;
        }
        String whole = goesOnAs(fault);
        open(whole, finding.getCause(), List.of(), now);
        return whole;
    }

    /** A fault of a lower layer draws the finding to its incident; one of a higher layer is a later link of the same. */
    private boolean deeper(Finding finding, String fault) {
        Incident incident = state.incidents().get(fault);
        return Causes.layerOf(finding.getCause()).compareTo(Causes.layerOf(incident.getCause())) < 0;
    }

    /** The key of an incident that is remembered. */
    Optional<String> keyOf(String incidentId) {
        return state.incidents().entrySet().stream()
                .filter(entry -> entry.getValue().getId().equals(incidentId))
                .map(Map.Entry::getKey)
                .findFirst();
    }

    /** The fault that a fault turned out to be a part of; itself as far as known. */
    private String goesOnAs(String fault) {
        String key = fault;
        Incident incident = state.incidents().get(key);
        while (incident != null && incident.getMergedInto() != null) {
            Optional<String> whole = keyOf(incident.getMergedInto());
            if (whole.isEmpty()) {
                return key;
            }
            key = whole.get();
            incident = state.incidents().get(key);
        }
        return key;
    }

    boolean isOpen(String fault) {
        Incident incident = state.incidents().get(fault);
        return incident != null && incident.getClosedAt() == null;
    }

    /** Opens the incident of a fault, or opens it again; empty when it is open. */
    Optional<Incident> open(String fault, String cause, List<Evidence> why, Instant now) {
        Incident before = state.incidents().get(fault);
        if (before != null && before.getClosedAt() == null) {
            return Optional.empty();
        }
        boolean again = before != null && before.getMergedInto() == null;
        return Optional.of(put(
                fault,
                again ? Incidents.reopened(before, now) : Incidents.open(state.cluster(), fault, cause, why, now)));
    }

    /** Adds a finding; the incident, if that changed it. */
    Optional<Incident> add(String fault, Finding finding, Instant now) {
        Incident before = state.incidents().get(fault);
        Incident after = Incidents.with(before, finding, now);
        return after.equals(before) ? Optional.empty() : Optional.of(put(fault, after));
    }

    /** Keeps an incident with the reach that it has now. */
    Incident put(String fault, Incident incident) {
        Incident kept = Incidents.reaching(incident, Reach.of(fault, incident, state));
        state.incident(fault, kept);
        return kept;
    }

    Incident close(String fault, Instant now) {
        return put(fault, Incidents.closed(state.incidents().get(fault), now));
    }

    /** Two incidents turned out to be one: its open findings go over, and it is closed with the other's id. */
    List<SpecificRecord> merge(String fault, String into, Instant now) {
        Incident part = state.incidents().get(fault);
        Incident whole = state.incidents().get(into);
        List<SpecificRecord> told = new ArrayList<>();
        for (Finding finding : List.copyOf(state.findings().values())) {
            if (part.getId().equals(finding.getIncidentId())) {
                Finding moved = Findings.movedTo(finding, whole.getId(), now);
                state.finding(moved.getPodUid(), moved);
                told.add(moved);
            }
        }
        told.add(put(fault, Incidents.mergedInto(part, whole, now)));
        told.add(put(into, Incidents.absorbing(whole, part, now)));
        return told;
    }

    /** Forgets what has stayed closed, and what it was a part of has, too. */
    void forget(Instant now) {
        for (Map.Entry<String, Incident> entry : List.copyOf(state.incidents().entrySet())) {
            Incident incident = entry.getValue();
            boolean quiet = incident.getClosedAt() != null
                    && now.isAfter(incident.getClosedAt().plus(QUIET));
            if (quiet && keyOf(incident.getMergedInto()).isEmpty()) {
                state.incident(entry.getKey(), null);
                state.waits().forgetIncident(incident.getId());
            }
        }
    }
}
