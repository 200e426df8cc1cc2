package io.svidflow.incident;

import io.svidflow.diagnosis.AgentRenewalFailing;
import io.svidflow.diagnosis.Backoff;
import io.svidflow.diagnosis.Causes;
import io.svidflow.diagnosis.Outage;
import io.svidflow.event.Evidence;
import io.svidflow.event.Finding;
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

    /** The attempt itself, and the time until its failure is logged. */
    private static final Duration ATTEMPT = Duration.ofSeconds(40);

    private final ClusterState state;
    private final Backoff backoff;

    IncidentBook(ClusterState state, Backoff backoff) {
        this.state = state;
        this.backoff = backoff;
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
        for (NodeTransition node : state.nodes()) {
            if (AgentWarnings.of(node, state, now).isPresent()) {
                warn(node, now).ifPresent(told::add);
            }
        }
        return told;
    }

    /** An agent that nobody waits for yet; once a pod does, its finding names the incident. */
    private Optional<Incident> warn(NodeTransition node, Instant now) {
        String fault = Faults.agent(node.getNode());
        String cause = AgentRenewalFailing.becomes(node, now);
        Optional<Incident> opened = open(fault, cause, List.of(AgentWarnings.words(node)), now)
                .map(incident -> Incidents.named(incident, List.of(), List.of(node.getNode()), now));
        Incident before = state.incidents().get(fault);
        Incident after = opened.orElseGet(() -> before.getPods() == 0 ? Incidents.renamed(before, cause, now) : before);
        if (after.equals(before)) {
            return Optional.empty();
        }
        state.incident(fault, after);
        return Optional.of(after);
    }

    /** A source fell silent, or came back. */
    Optional<Incident> coverage(String source, boolean late, Instant at) {
        String fault = "coverage/" + source;
        if (late) {
            Evidence why = new Evidence(at, null, "nothing has been heard of source " + source, null);
            return open(fault, "COVERAGE_LOST", List.of(why), at);
        }
        if (!isOpen(fault)) {
            return Optional.empty();
        }
        // It publishes what it could not publish before: by event time it may never have been away.
        Instant opened = state.incidents().get(fault).getOpenedAt();
        return Optional.of(close(fault, at.isAfter(opened) ? at : opened));
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
        Incident incident = before == null
                ? Incidents.open(state.cluster(), fault, cause, why, now)
                : Incidents.reopened(before, now);
        state.incident(fault, incident);
        return Optional.of(incident);
    }

    /** Adds a finding; the incident, if that changed it. */
    Optional<Incident> add(String fault, Finding finding, Instant now) {
        Incident before = state.incidents().get(fault);
        Incident after = Incidents.with(before, finding, now);
        if (after.equals(before)) {
            return Optional.empty();
        }
        state.incident(fault, after);
        return Optional.of(after);
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
            if (Faults.agentOf(fault) == null) {
                outage(fault, now).ifPresent(outage -> nodes.addAll(suffering(outage, now)));
            }
            if (!reasons.equals(incident.getReasons())
                    || nodes.size() > incident.getNodes().size()) {
                Incident named = Incidents.named(incident, reasons, nodes, now);
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
        Incident closed = Incidents.closed(state.incidents().get(fault), now);
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
                .map(outage -> !outage.lasts() && suffering(outage, now).isEmpty())
                .orElse(true);
    }

    private Optional<Outage> outage(String fault, Instant now) {
        return switch (fault) {
            case Faults.DATASTORE -> state.server().datastoreOutage(now);
            case Faults.SERVER -> state.serverOutage(now);
            default -> {
                NodeTransition node = Faults.agentOf(fault) == null ? null : state.node(Faults.agentOf(fault));
                yield node == null ? Optional.empty() : AgentWarnings.of(node, state, now);
            }
        };
    }

    private List<String> suffering(Outage outage, Instant now) {
        return state.nodes().stream()
                .filter(node -> Faults.suffersFrom(node, outage))
                .filter(node -> !hasTriedAgain(node, now))
                .map(NodeTransition::getNode)
                .toList();
    }

    /** A success is logged by nobody; an attempt that was due and did not fail is one. */
    private boolean hasTriedAgain(NodeTransition node, Instant now) {
        return backoff.next(node)
                .filter(next -> now.isAfter(next.getNotAfter().plus(ATTEMPT)))
                .isPresent();
    }
}
