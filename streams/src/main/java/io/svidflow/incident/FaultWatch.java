package io.svidflow.incident;

import io.svidflow.diagnosis.Backoff;
import io.svidflow.diagnosis.Outage;
import io.svidflow.diagnosis.Replicas;
import io.svidflow.diagnosis.ServerUnreachable;
import io.svidflow.event.CoverageTransition;
import io.svidflow.event.Evidence;
import io.svidflow.event.Incident;
import io.svidflow.event.NodeTransition;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Faults that show before any pod waits, how long they last, and which agents still suffer from them. */
final class FaultWatch {

    /** A server that restarts in passing is no incident. */
    private static final Duration UNREACHABLE_LONG = Duration.ofSeconds(20);

    private final ClusterState state;
    private final Backoff backoff;
    private final IncidentBook book;

    FaultWatch(ClusterState state, Backoff backoff, IncidentBook book) {
        this.state = state;
        this.backoff = backoff;
        this.book = book;
    }

    /** Opens incidents of faults that harm everybody, whether or not a pod waits already. */
    List<Incident> detect(Instant now) {
        List<Incident> told = new ArrayList<>();
        Optional<String> replica = Replicas.atFault(state);
        if (replica.isPresent()) {
            oneReplica(replica.get(), now).ifPresent(told::add);
        } else {
            outages(now).ifPresent(told::add);
        }
        for (NodeTransition node : state.nodes()) {
            AgentWarnings.of(node, state, now)
                    .flatMap(warning -> warn(node, warning, now))
                    .ifPresent(told::add);
            mute(node, now).ifPresent(told::add);
        }
        return told;
    }

    /** An agent's log is read and tells nothing: heartbeats come, and what it would say is not known all the same. */
    private Optional<Incident> mute(NodeTransition node, Instant now) {
        Instant since = node.getAgentLogMuteSince();
        if (since == null) {
            return Optional.empty();
        }
        String text =
                "source agent-log/" + node.getNode() + " is read and has told nothing of what an agent has to write"
                        + ": set log_level = \"INFO\" in the agent's configuration, and look whether it is this agent's log that"
                        + " is read";
        String fault = Faults.mute(node.getNode());
        return book.open(fault, "COVERAGE_LOST", List.of(new Evidence(since, null, text, null)), now)
                .map(opened -> book.put(fault, Incidents.about(opened, List.of(node.getNode()))));
    }

    private Optional<Incident> oneReplica(String replica, Instant now) {
        boolean datastore =
                state.server().datastoreOutage(now).filter(Outage::lasts).isPresent();
        Evidence why = new Evidence(now, null, Replicas.story(replica, state), null);
        return book.open(
                Faults.replica(replica), datastore ? "SERVER_DATASTORE_DOWN" : "SERVER_UNREACHABLE", List.of(why), now);
    }

    private Optional<Incident> outages(Instant now) {
        Optional<Outage> datastore = state.server().datastoreOutage(now).filter(Outage::lasts);
        if (datastore.isPresent()) {
            String text = "the server cannot use its datastore: "
                    + state.server().datastore().firstText();
            Evidence why = new Evidence(
                    datastore.get().start(),
                    null,
                    text,
                    state.server().datastore().ref());
            return book.open(Faults.DATASTORE, "SERVER_DATASTORE_DOWN", List.of(why), now);
        }
        Optional<Incident> ca = caFault(now);
        if (ca.isPresent()) {
            return ca;
        }
        return state.serverOutage(now)
                .filter(Outage::lasts)
                .filter(outage -> !now.isBefore(outage.start().plus(UNREACHABLE_LONG)))
                .filter(outage -> !book.isOpen(Faults.DATASTORE))
                .flatMap(outage -> book.open(
                        Faults.SERVER,
                        "SERVER_UNREACHABLE",
                        List.of(new Evidence(
                                outage.start(),
                                null,
                                "the server does not answer: " + ServerUnreachable.words(state, now),
                                null)),
                        now));
    }

    /** A CA that cannot be renewed harms nobody until it has expired, and then everybody. The datastore may be why. */
    private Optional<Incident> caFault(Instant now) {
        return state.server()
                .caFault(now)
                .filter(Outage::lasts)
                .filter(fault -> !now.isBefore(fault.start().plus(UNREACHABLE_LONG)))
                .filter(fault -> state.server()
                        .datastoreOutage(now)
                        .filter(outage -> outage.touches(fault.start()))
                        .isEmpty())
                .flatMap(fault -> book.open(
                        Faults.CA,
                        "SERVER_CA_FAULT",
                        List.of(new Evidence(fault.start(), null, state.server().caWords(), null)),
                        now));
    }

    /** An agent that nobody waits for yet; once a pod does, its finding names the incident. */
    private Optional<Incident> warn(NodeTransition node, AgentWarnings.Warning warning, Instant now) {
        String fault = Faults.agent(node.getNode());
        String cause = warning.cause();
        Optional<Incident> opened = book.open(fault, cause, List.of(warning.evidence()), now)
                .map(incident -> Incidents.named(incident, List.of(), List.of(node.getNode()), now));
        Incident before = state.incidents().get(fault);
        Incident after = opened.orElseGet(() -> before.getPods() == 0 ? Incidents.renamed(before, cause, now) : before);
        return after.equals(before) ? Optional.empty() : Optional.of(book.put(fault, after));
    }

    /** A source fell silent, or came back. */
    Optional<Incident> coverage(CoverageTransition coverage, Instant at) {
        String source = coverage.getSource();
        String fault = Faults.coverage(source);
        if (coverage.getLate()) {
            Evidence why = new Evidence(
                    at, null, silence(source, coverage.getStoppedAt()) + ": what it would tell is not known", null);
            return book.open(fault, "COVERAGE_LOST", List.of(why), at)
                    .map(opened -> book.put(fault, Incidents.about(opened, Reach.nodesOf(source))));
        }
        if (!book.isOpen(fault)) {
            return Optional.empty();
        }
        // It publishes what it could not publish before: by event time it may never have been away.
        Instant opened = state.incidents().get(fault).getOpenedAt();
        return Optional.of(book.close(fault, at.isAfter(opened) ? at : opened));
    }

    private static String silence(String source, Instant stoppedAt) {
        return stoppedAt == null
                ? "nothing has been heard of source " + source
                : "source " + source + " was stopped at " + stoppedAt + ", and nobody has taken over";
    }

    /** Whether the fault is over for everybody, as far as known. */
    boolean isOver(String fault, Instant now) {
        String id = state.incidents().get(fault).getId();
        boolean harmed = state.findings().values().stream().anyMatch(finding -> id.equals(finding.getIncidentId()));
        if (harmed || Faults.sourceOf(fault) != null) {
            return false;
        }
        return outage(fault, now)
                .map(outage -> !outage.lasts() && suffering(outage, now).isEmpty())
                .orElse(true);
    }

    /** The outage behind an incident; empty: it is its findings alone. */
    Optional<Outage> outage(String fault, Instant now) {
        return switch (fault) {
            case Faults.DATASTORE -> state.server().datastoreOutage(now);
            case Faults.SERVER -> state.serverOutage(now);
            case Faults.CA -> state.server().caFault(now);
            default -> {
                if (Faults.replicaOf(fault) != null) {
                    Instant since = state.incidents().get(fault).getOpenedAt();
                    yield Replicas.atFault(state)
                            .filter(Faults.replicaOf(fault)::equals)
                            .map(replica -> new Outage(since, null));
                }
                if (Faults.muteOf(fault) != null) {
                    NodeTransition muted = state.node(Faults.muteOf(fault));
                    yield Optional.ofNullable(muted == null ? null : muted.getAgentLogMuteSince())
                            .map(since -> new Outage(since, null));
                }
                NodeTransition node = Faults.agentOf(fault) == null ? null : state.node(Faults.agentOf(fault));
                yield node == null
                        ? Optional.empty()
                        : AgentWarnings.of(node, state, now).map(AgentWarnings.Warning::trouble);
            }
        };
    }

    /** Nodes whose agents have failed since the outage, and have not tried again. */
    List<String> suffering(Outage outage, Instant now) {
        return state.nodes().stream()
                .filter(node -> Faults.suffersFrom(node, outage))
                .filter(node -> !hasTriedAgain(node, now))
                .map(NodeTransition::getNode)
                .toList();
    }

    /** A success is logged by nobody; an attempt that was due and did not fail is one. */
    private boolean hasTriedAgain(NodeTransition node, Instant now) {
        return backoff.next(node)
                .filter(next -> now.isAfter(next.getHealedBy()))
                .isPresent();
    }
}
