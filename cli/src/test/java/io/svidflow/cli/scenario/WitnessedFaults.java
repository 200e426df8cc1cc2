package io.svidflow.cli.scenario;

import io.svidflow.event.AgentEvent;
import io.svidflow.event.AgentListed;
import io.svidflow.event.AgentSignal;
import io.svidflow.event.AgentSignalKind;
import io.svidflow.event.ServerEvent;
import io.svidflow.event.ServerSignal;
import io.svidflow.event.ServerSignalKind;
import io.svidflow.event.SourceFailure;
import io.svidflow.producer.Publication;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.NavigableSet;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * What a recording itself shows of the health of server and datastore, read from its facts alone: not what svidflow made
 * of them. It knows the whole recording, the future of every command included.
 */
final class WitnessedFaults {

    private static final Duration MINUTE = Duration.ofSeconds(60);
    private static final Set<ServerSignalKind> BAD =
            Set.of(ServerSignalKind.DATASTORE_ERROR, ServerSignalKind.SERVER_STOPPING, ServerSignalKind.SIGNING_FAILED);

    private final NavigableSet<Instant> bad = new TreeSet<>();
    private final NavigableSet<Instant> answers = new TreeSet<>();
    private final NavigableSet<Instant> listings = new TreeSet<>();
    private final Map<String, NavigableSet<Instant>> syncs = new TreeMap<>();
    private final Map<String, Instant> banned = new HashMap<>();

    WitnessedFaults(Iterable<Publication> publications) {
        publications.forEach(publication -> {
            if (publication.value() instanceof ServerEvent event) {
                server(event.getBody(), event.getHeader().getEventTime());
            } else if (publication.value() instanceof AgentEvent event) {
                agent(event);
            }
        });
    }

    private void server(Object body, Instant at) {
        if (body instanceof SourceFailure failure && failure.getOperation().startsWith("List")) {
            bad.add(at);
        } else if (body instanceof ServerSignal signal) {
            if (BAD.contains(signal.getKind())) {
                bad.add(at);
            } else if (signal.getKind() == ServerSignalKind.DATASTORE_ANSWERED) {
                answers.add(at);
                if (signal.getMethod() != null && signal.getMethod().startsWith("List")) {
                    listings.add(at);
                }
            }
        }
    }

    private void agent(AgentEvent event) {
        String node = event.getHeader().getNode();
        Instant at = event.getHeader().getEventTime();
        if (node == null) {
            return;
        }
        if (event.getBody() instanceof AgentSignal signal) {
            if (signal.getKind() == AgentSignalKind.SYNC_SUCCEEDED) {
                syncs.computeIfAbsent(node, name -> new TreeSet<>()).add(at);
            } else if (signal.getKind() == AgentSignalKind.BANNED) {
                banned.merge(node, at, (a, b) -> a.isBefore(b) ? a : b);
            }
        } else if (event.getBody() instanceof AgentListed listed && listed.getBanned()) {
            banned.merge(node, at, (a, b) -> a.isBefore(b) ? a : b);
        }
    }

    /** Whether anything was wrong in the minute before. */
    boolean troubledBefore(Instant at) {
        return !bad.subSet(at.minus(MINUTE), false, at, true).isEmpty();
    }

    /** Whether the datastore fails within a minute before and within a minute after: the fault was not over. */
    boolean inTheMiddleOfAFault(Instant at) {
        Instant before = bad.floor(at);
        Instant after = bad.higher(at);
        return before != null
                && after != null
                && before.isAfter(at.minus(MINUTE))
                && after.isBefore(at.plus(Duration.ofSeconds(5)));
    }

    /** Whether answers, listings and an agent of another node were seen throughout the minute before. */
    boolean provenBefore(Instant at, String node) {
        return spans(answers, at)
                && spans(listings, at)
                && syncs.entrySet().stream()
                        .anyMatch(agent -> !agent.getKey().equals(node) && spans(agent.getValue(), at));
    }

    private static boolean spans(NavigableSet<Instant> proofs, Instant at) {
        return !proofs.headSet(at.minus(MINUTE), true).isEmpty()
                && !proofs.subSet(at.minus(MINUTE), false, at, true).isEmpty();
    }

    /** Whether the agent of the node had been banned by then. */
    boolean banned(String node, Instant at) {
        return banned.containsKey(node) && !banned.get(node).isAfter(at);
    }
}
