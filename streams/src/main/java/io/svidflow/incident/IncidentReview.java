package io.svidflow.incident;

import io.svidflow.event.Incident;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import org.apache.avro.specific.SpecificRecord;

/** Looks at all open incidents now and then: makes one of two, names what lies behind them, closes those that are over. */
final class IncidentReview {

    private final ClusterState state;
    private final IncidentBook book;
    private final FaultWatch watch;
    private final Kinship kinship;

    IncidentReview(ClusterState state, IncidentBook book, FaultWatch watch) {
        this.state = state;
        this.book = book;
        this.watch = watch;
        this.kinship = new Kinship(state);
    }

    /** Findings and incidents that changed. */
    List<SpecificRecord> review(Instant now) {
        List<SpecificRecord> told = new ArrayList<>();
        merge(now, told);
        for (Map.Entry<String, Incident> entry : List.copyOf(state.incidents().entrySet())) {
            String fault = entry.getKey();
            if (book.isOpen(fault)) {
                describe(fault, now).ifPresent(told::add);
                if (watch.isOver(fault, now)) {
                    told.add(book.close(fault, now));
                }
            }
        }
        book.forget(now);
        return told;
    }

    /** A finding has come to be one of another fault: if it was the last of its incident, the two were one all the time. */
    List<SpecificRecord> left(String incidentId, String into, Instant now) {
        return book.keyOf(incidentId)
                .filter(book::isOpen)
                .filter(fault -> !fault.equals(into) && watch.isOver(fault, now))
                .map(fault -> book.merge(fault, into, now))
                .orElse(List.of());
    }

    private void merge(Instant now, List<SpecificRecord> told) {
        kinship.everywhere().forEach((cause, faults) -> {
            String whole = Faults.everywhere(cause);
            Incident first = state.incidents().get(faults.get(0));
            book.open(whole, cause, first.getEvidence(), now);
            faults.forEach(fault -> told.addAll(book.merge(fault, whole, now)));
        });
        for (String fault : List.copyOf(state.incidents().keySet())) {
            if (book.isOpen(fault)) {
                kinship.partOf(fault, now).ifPresent(whole -> told.addAll(book.merge(fault, whole, now)));
            }
        }
    }

    private Optional<Incident> describe(String fault, Instant now) {
        Incident incident = state.incidents().get(fault);
        List<String> reasons = Reasons.of(fault, incident, state);
        Collection<String> nodes = new TreeSet<>(incident.getNodes());
        if (Faults.agentOf(fault) == null && Faults.muteOf(fault) == null) {
            watch.outage(fault, now).ifPresent(outage -> nodes.addAll(watch.suffering(outage, now)));
        }
        boolean same = reasons.equals(incident.getReasons())
                && nodes.size() == incident.getNodes().size()
                && incident.getScope() == Reach.of(fault, incident, state);
        return same ? Optional.empty() : Optional.of(book.put(fault, Incidents.named(incident, reasons, nodes, now)));
    }
}
