package io.svidflow.incident;

import io.svidflow.diagnosis.Causes;
import io.svidflow.diagnosis.Outage;
import io.svidflow.event.Evidence;
import io.svidflow.event.Finding;
import io.svidflow.event.HeadlineChange;
import io.svidflow.event.Incident;
import io.svidflow.event.NodeTransition;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;

/**
 * Groups findings into incidents, one per fault: opens them, adds to them, names what lies behind them, closes them when
 * the fault is over and the last pod has recovered, and opens them again when the fault comes back soon.
 */
final class IncidentBook {

    /** A server that restarts in passing is no incident. */
    private static final Duration UNREACHABLE_LONG = Duration.ofSeconds(20);
    /** The same fault within this time after its end is the same incident. */
    private static final Duration REOPEN = Duration.ofSeconds(120);

    private final ClusterState state;

    IncidentBook(ClusterState state) {
        this.state = state;
    }

    /** Opens incidents of faults that harm everybody, whether or not a pod waits already. */
    List<Incident> detect(Instant now) {
        List<Incident> told = new ArrayList<>();
        Optional<Outage> datastore = state.server().datastoreOutage(now).filter(Outage::lasts);
        if (datastore.isPresent()) {
            String text = "the server cannot use its datastore: "
                    + state.server().datastore().firstText();
            Evidence why = new Evidence(
                    datastore.get().start(),
                    null,
                    text,
                    state.server().datastore().ref());
            open(Faults.DATASTORE, "SERVER_DATASTORE_DOWN", List.of(why), now).ifPresent(told::add);
        } else {
            state.serverOutage(now)
                    .filter(Outage::lasts)
                    .filter(outage -> !now.isBefore(outage.start().plus(UNREACHABLE_LONG)))
                    .filter(outage -> !isOpen(Faults.DATASTORE))
                    .flatMap(outage -> open(
                            Faults.SERVER,
                            "SERVER_UNREACHABLE",
                            List.of(new Evidence(outage.start(), null, "agents cannot reach the server", null)),
                            now))
                    .ifPresent(told::add);
        }
        return told;
    }

    /** A source fell silent, or came back. */
    Optional<Incident> coverage(String source, boolean late, Instant at) {
        String fault = "coverage/" + source;
        if (late) {
            Evidence why = new Evidence(at, null, "nothing has been heard of source " + source, null);
            return open(fault, "COVERAGE_LOST", List.of(why), at);
        }
        return isOpen(fault) ? Optional.of(close(fault, at)) : Optional.empty();
    }

    /** The open incident that the finding belongs to; opened now if there is none. */
    String join(Finding finding, Instant now) {
        Optional<String> present = state.incidents().entrySet().stream()
                .filter(entry -> entry.getValue().getId().equals(finding.getIncidentId()))
                .filter(entry -> entry.getValue().getClosedAt() == null)
                .map(Map.Entry::getKey)
                .findFirst();
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
        open(fault, finding.getCause(), List.of(), now);
        return fault;
    }

    /** A fault of a lower layer draws the finding to its incident; one of a higher layer is a later link of the same. */
    private boolean deeper(Finding finding, String fault) {
        Incident incident = state.incidents().get(fault);
        return Causes.layerOf(finding.getCause()).compareTo(Causes.layerOf(incident.getCause())) < 0;
    }

    boolean isOpen(String fault) {
        Incident incident = state.incidents().get(fault);
        return incident != null && incident.getClosedAt() == null;
    }

    private Optional<Incident> open(String fault, String cause, List<Evidence> why, Instant now) {
        Incident before = state.incidents().get(fault);
        if (before != null && before.getClosedAt() == null) {
            return Optional.empty();
        }
        Incident incident = before != null
                ? Incident.newBuilder(before)
                        .setClosedAt(null)
                        .setUpdatedAt(now)
                        .setRevision(before.getRevision() + 1)
                        .build()
                : Incident.newBuilder()
                        .setId(Findings.id("incident", state.cluster(), fault, now.toString()))
                        .setCluster(state.cluster())
                        .setCause(cause)
                        .setScope(Faults.scope(fault))
                        .setNodes(List.of())
                        .setFindings(List.of())
                        .setPods(0)
                        .setOpenedAt(now)
                        .setUpdatedAt(now)
                        .setClosedAt(null)
                        .setReasons(List.of())
                        .setEvidence(why)
                        .setHistory(List.of(new HeadlineChange(now, cause)))
                        .setRevision(1)
                        .build();
        state.incident(fault, incident);
        return Optional.of(incident);
    }

    /** Adds a finding; the incident, if that changed it. */
    Optional<Incident> add(String fault, Finding finding, Instant now) {
        Incident before = state.incidents().get(fault);
        TreeSet<String> findings = new TreeSet<>(before.getFindings());
        TreeSet<String> nodes = new TreeSet<>(before.getNodes());
        boolean newFinding = findings.add(finding.getId());
        boolean newNode = nodes.add(finding.getNode());
        boolean changed = newFinding || newNode;
        String cause = headline(before, finding);
        if (!changed && cause.equals(before.getCause())) {
            return Optional.empty();
        }
        List<HeadlineChange> history = new ArrayList<>(before.getHistory());
        if (!cause.equals(before.getCause())) {
            history.add(new HeadlineChange(now, cause));
        }
        List<Evidence> evidence = before.getEvidence().isEmpty() ? finding.getEvidence() : before.getEvidence();
        Incident after = Incident.newBuilder(before)
                .setCause(cause)
                .setHistory(history)
                .setFindings(List.copyOf(findings))
                .setNodes(List.copyOf(nodes))
                .setPods(findings.size())
                .setEvidence(evidence)
                .setUpdatedAt(now)
                .setRevision(before.getRevision() + 1)
                .build();
        state.incident(fault, after);
        return Optional.of(after);
    }

    /** Within one layer the latest headline of the findings names the fault; the lowest layer keeps its name. */
    private static String headline(Incident incident, Finding finding) {
        boolean sameLayer = Causes.layerOf(finding.getCause()) == Causes.layerOf(incident.getCause());
        return sameLayer ? finding.getCause() : incident.getCause();
    }

    /** Names what lies behind open incidents, closes those that are over, forgets those that stay closed. */
    List<Incident> review(Instant now) {
        List<Incident> told = new ArrayList<>();
        for (Map.Entry<String, Incident> entry : List.copyOf(state.incidents().entrySet())) {
            String fault = entry.getKey();
            Incident incident = entry.getValue();
            if (incident.getClosedAt() != null) {
                if (now.isAfter(incident.getClosedAt().plus(REOPEN))) {
                    state.incident(fault, null);
                }
                continue;
            }
            List<String> reasons = Reasons.of(fault, incident, state);
            TreeSet<String> nodes = new TreeSet<>(incident.getNodes());
            outage(fault, now).ifPresent(outage -> suffering(outage).forEach(nodes::add));
            if (!reasons.equals(incident.getReasons())
                    || nodes.size() > incident.getNodes().size()) {
                Incident named = Incident.newBuilder(incident)
                        .setReasons(reasons)
                        .setNodes(List.copyOf(nodes))
                        .setUpdatedAt(now)
                        .setRevision(incident.getRevision() + 1)
                        .build();
                state.incident(fault, named);
                told.add(named);
            }
            if (isOver(fault, now)) {
                told.add(close(fault, now));
            }
        }
        return told;
    }

    private Incident close(String fault, Instant now) {
        Incident before = state.incidents().get(fault);
        Incident closed = Incident.newBuilder(before)
                .setClosedAt(now)
                .setUpdatedAt(now)
                .setRevision(before.getRevision() + 1)
                .build();
        state.incident(fault, closed);
        return closed;
    }

    private boolean isOver(String fault, Instant now) {
        String id = state.incidents().get(fault).getId();
        boolean harmed = state.findings().values().stream().anyMatch(finding -> id.equals(finding.getIncidentId()));
        if (harmed || fault.startsWith("coverage/")) {
            return false;
        }
        return outage(fault, now)
                .map(outage -> !outage.lasts() && suffering(outage).isEmpty())
                .orElse(true);
    }

    private Optional<Outage> outage(String fault, Instant now) {
        return switch (fault) {
            case Faults.DATASTORE -> state.server().datastoreOutage(now);
            case Faults.SERVER -> state.serverOutage(now);
            default -> Optional.empty();
        };
    }

    private List<String> suffering(Outage outage) {
        return state.nodes().stream()
                .filter(node -> Faults.suffersFrom(node, outage))
                .map(NodeTransition::getNode)
                .toList();
    }
}
