package io.svidflow.remediation;

import io.svidflow.diagnosis.Outage;
import io.svidflow.diagnosis.ServerHealth;
import io.svidflow.event.ComponentTransition;
import io.svidflow.event.NodeTransition;
import io.svidflow.event.ServerEvent;
import io.svidflow.event.ServerSignal;
import io.svidflow.event.ServerSignalKind;
import io.svidflow.event.SourceFailure;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Positive proof that server and datastore work: a call that was answered, a listing that succeeded, an agent that
 * synchronised. Of each kind the first and the last since anything was wrong are remembered. That nobody complains proves
 * nothing.
 */
public final class HealthProofs {

    /** A proof that is older proves nothing about now; agents and registrars call far more often. */
    public static final Duration FRESH = Duration.ofSeconds(60);

    private static final String PREFIX = "proof/";
    private static final String TROUBLE = PREFIX + "trouble";
    private static final String ANSWER = PREFIX + "answer/";
    private static final String LISTING = PREFIX + "listing/";
    private static final String SYNC = PREFIX + "sync/";
    private static final String FROM = "from";
    private static final String LAST = "last";

    private static final Set<ServerSignalKind> BAD = Set.of(
            ServerSignalKind.DATASTORE_ERROR,
            ServerSignalKind.SERVER_STOPPING,
            ServerSignalKind.HEALTH_FAILED,
            ServerSignalKind.SIGNING_FAILED,
            ServerSignalKind.CA_ROTATION_FAILED);

    private final Casebook casebook;

    HealthProofs(Casebook casebook) {
        this.casebook = casebook;
    }

    /**
     * For how long a kind of proof has been seen.
     *
     * @param from first one since anything was wrong, with no long pause since
     * @param last latest one
     * @param of whom or what it shows, in words
     */
    public record Span(Instant from, Instant last, String of) {}

    /** A fact about the server. */
    void saw(ServerEvent event) {
        Instant at = event.getHeader().getEventTime();
        if (event.getBody() instanceof SourceFailure failure) {
            boolean ofServer = failure.getOperation().startsWith("List") && isSpire(failure.getOperation());
            if (ofServer) {
                trouble(at);
            }
        } else if (event.getBody() instanceof ServerSignal signal) {
            if (BAD.contains(signal.getKind())) {
                trouble(at);
            } else if (signal.getKind() == ServerSignalKind.DATASTORE_ANSWERED) {
                proof(ANSWER, at);
                if (signal.getMethod() != null && signal.getMethod().startsWith("List")) {
                    proof(LISTING, at);
                }
            } else if (signal.getKind() == ServerSignalKind.ENTRY_WRITTEN) {
                proof(ANSWER, at);
            }
        }
    }

    private static boolean isSpire(String operation) {
        return List.of("ListEntries", "ListAgents").contains(operation);
    }

    /** A pod of server or datastore changed. */
    void saw(ComponentTransition component, Instant at) {
        boolean stopped = component.getGone()
                || component.getStopped().stream().anyMatch(name -> !name.contains("controller-manager"));
        if (stopped) {
            trouble(at);
        }
    }

    /** The agent of a node changed. */
    void saw(NodeTransition node) {
        if (node.getGone()) {
            List.of(FROM, LAST).forEach(end -> casebook.instant(SYNC + node.getNode() + "/" + end, null));
        } else if (node.getSyncFailingSince() == null && node.getLastSyncSuccess() != null) {
            synchronised(node.getNode(), node.getLastSyncSuccess());
        }
    }

    /** The agent of a node synchronised. */
    void synchronised(String node, Instant at) {
        proof(SYNC + node + "/", at);
    }

    /** What is wrong at this moment makes every earlier proof void. */
    void look(Instant now) {
        if (outage(now).isPresent()) {
            trouble(now);
        }
    }

    /** The outage of datastore or server that lasts. */
    public Optional<Outage> outage(Instant now) {
        ServerHealth server = casebook.view().server();
        return server.datastoreOutage(now)
                .filter(Outage::lasts)
                .or(() -> casebook.view().serverOutage(now).filter(Outage::lasts));
    }

    private void trouble(Instant at) {
        Instant before = casebook.instant(TROUBLE);
        if (before == null || at.isAfter(before)) {
            casebook.instant(TROUBLE, at);
        }
    }

    private void proof(String kind, Instant at) {
        Instant last = casebook.instant(kind + LAST);
        if (last != null && !at.isAfter(last)) {
            return;
        }
        boolean goesOn = last != null && !at.isAfter(last.plus(FRESH)) && after(casebook.instant(kind + FROM));
        if (!goesOn) {
            casebook.instant(kind + FROM, at);
        }
        casebook.instant(kind + LAST, at);
    }

    private boolean after(Instant from) {
        Instant trouble = casebook.instant(TROUBLE);
        return from != null && (trouble == null || from.isAfter(trouble));
    }

    /** When something was last wrong with server or datastore; empty: never, as far as known. */
    public Optional<Instant> lastTrouble() {
        return Optional.ofNullable(casebook.instant(TROUBLE));
    }

    /** Since when the server has answered. */
    public Optional<Span> answers() {
        return span(ANSWER, "the server answered");
    }

    /** Since when listings have succeeded. */
    public Optional<Span> listings() {
        return span(LISTING, "a listing succeeded");
    }

    /** Since when an agent has synchronised, the one that has longest of those that did of late. */
    public Optional<Span> synchronisations(String otherThan, Instant now) {
        Span best = null;
        for (Map.Entry<String, Instant> entry : casebook.instants(SYNC).entrySet()) {
            String key = entry.getKey();
            if (!key.endsWith("/" + LAST)) {
                continue;
            }
            String node = key.substring(SYNC.length(), key.length() - LAST.length() - 1);
            Optional<Span> span = node.equals(otherThan)
                    ? Optional.empty()
                    : span(SYNC + node + "/", "the agent of " + node + " synchronised");
            boolean recent = span.isPresent() && !span.get().last().isBefore(now.minus(FRESH));
            if (recent && (best == null || span.get().from().isBefore(best.from()))) {
                best = span.get();
            }
        }
        return Optional.ofNullable(best);
    }

    private Optional<Span> span(String kind, String of) {
        Instant from = casebook.instant(kind + FROM);
        return after(from) ? Optional.of(new Span(from, casebook.instant(kind + LAST), of)) : Optional.empty();
    }
}
