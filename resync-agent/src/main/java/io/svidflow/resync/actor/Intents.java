package io.svidflow.resync.actor;

import io.svidflow.event.RemediationAction;
import io.svidflow.event.RemediationIntent;
import io.svidflow.event.RemediationOutcome;
import io.svidflow.event.RemediationResult;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;

/** Everything that actors of a cluster have set out to do, and what is known of how it ended. For one thread. */
public final class Intents {

    private static final Set<RemediationOutcome> NOT_DONE =
            Set.of(RemediationOutcome.FAILED, RemediationOutcome.TARGET_GONE, RemediationOutcome.EXPIRED);

    private final String cluster;
    private final Map<String, RemediationIntent> byKey = new TreeMap<>();

    /** @param cluster whose intents count */
    public Intents(String cluster) {
        this.cluster = cluster;
    }

    /** Key of an intent's record. */
    public static String key(RemediationIntent intent) {
        return intent.getCommandId() + "/" + intent.getAttempt();
    }

    /** An intent was written, or its end. */
    public void learn(RemediationIntent intent) {
        if (intent.getCluster().equals(cluster)) {
            byKey.put(key(intent), intent);
        }
    }

    /** Those of these partitions of which nobody has said how they ended. */
    public List<RemediationIntent> open(Collection<Integer> partitions) {
        return byKey.values().stream()
                .filter(intent -> intent.getResult() == null && partitions.contains(intent.getPartition()))
                .toList();
    }

    /** What was set out to do for an attempt of a command; empty: nothing. */
    Optional<RemediationIntent> of(String commandId, int attempt) {
        return Optional.ofNullable(byKey.get(commandId + "/" + attempt));
    }

    /** Attempts of the command that were carried out, or may have been. */
    Stream<RemediationIntent> ofCommand(String commandId) {
        return done().filter(intent -> intent.getCommandId().equals(commandId));
    }

    /** Those that concern the node and of which nobody knows whether they were carried out. */
    Stream<RemediationIntent> undecided(String node) {
        return done().filter(intent -> node.equals(intent.getNode())).filter(intent -> intent.getResult() == null);
    }

    /** Those of an action that were carried out after a moment, or may have been. */
    Stream<RemediationIntent> since(RemediationAction action, Instant after) {
        return done().filter(
                        intent -> intent.getAction() == action && intent.getAt().isAfter(after));
    }

    private Stream<RemediationIntent> done() {
        return byKey.values().stream().filter(intent -> mayHaveBeenDone(intent.getResult()));
    }

    private static boolean mayHaveBeenDone(RemediationResult result) {
        return result == null || !NOT_DONE.contains(result.getOutcome());
    }
}
