package io.svidflow.producer.shipped;

import io.svidflow.producer.coverage.Source;
import io.svidflow.producer.spire.NodeDirectory;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;

/**
 * Which logs of a topic will not go on. A topic does not say that a node is gone: its shipper falls silent, like one that
 * has died on a node that is there, and the latter must be missed. So either Kubernetes says it, or it takes very long; and
 * never while the topic has not been read to its end, where the next line may be. Not thread-safe.
 */
final class Abandoned {

    private static final Duration GRACE = Duration.ofMinutes(10);

    private final NodeDirectory directory;
    private final Duration lateness;
    private final Duration forgetAfter;
    private final Map<Source, Instant> nodeGoneSince = new HashMap<>();
    private Instant caughtUpSince;

    /**
     * @param lateness how long a line may take from its own time to the topic
     * @param forgetAfter how long nothing may be heard where nobody says that the node is gone
     */
    Abandoned(NodeDirectory directory, Duration lateness, Duration forgetAfter) {
        this.directory = directory;
        this.lateness = lateness;
        this.forgetAfter = forgetAfter;
    }

    /** The topic cannot be read. */
    void blind() {
        caughtUpSince = null;
        nodeGoneSince.clear();
    }

    /** Those among some logs, each with the reason. */
    Map<Source, String> among(Map<Source, ShippedLog> logs, Progress progress, Instant now) {
        if (!progress.toTheEnd()) {
            blind();
            return Map.of();
        }
        caughtUpSince = caughtUpSince == null ? now : caughtUpSince;
        Map<Source, String> abandoned = new TreeMap<>();
        logs.forEach((source, log) -> {
            if (directory.isNodeGone(log.node())) {
                Instant since = nodeGoneSince.computeIfAbsent(source, s -> now);
                if (now.isAfter(since.plus(lateness))) {
                    abandoned.put(
                            source, "node " + log.node() + " is gone; what its shipper had not shipped is not known");
                }
            } else {
                nodeGoneSince.remove(source);
                if (silent(log, progress, now)) {
                    abandoned.put(
                            source,
                            "nothing was heard of it, nor of the shipper on its node, for " + forgetAfter.toMinutes()
                                    + " minutes");
                }
            }
        });
        nodeGoneSince.keySet().removeAll(abandoned.keySet());
        return abandoned;
    }

    /** Shippers that could not write while the topic was away have some time to do it. */
    private boolean silent(ShippedLog log, Progress progress, Instant now) {
        Instant heard = log.heard(progress);
        return heard.isAfter(Instant.MIN)
                && now.isAfter(heard.plus(forgetAfter))
                && now.isAfter(caughtUpSince.plus(GRACE));
    }
}
