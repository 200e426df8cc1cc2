package io.svidflow.resync;

import io.svidflow.event.EventHeader;
import io.svidflow.event.Heartbeat;
import io.svidflow.watermark.StreamProgress;
import io.svidflow.watermark.Watermarks;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.KeyValueStore;

/**
 * How far the view of each cluster has come, kept in a store: the minimum over the heartbeats of the streams that it is
 * made from. A stream that falls silent stops this clock. A detector goes on without it; an actor that cannot see must
 * not answer.
 */
final class ViewClock {

    private static final Duration NOBODY_IS_LATE = ChronoUnit.CENTURIES.getDuration();
    private static final String SEPARATOR = "\n";

    private final List<String> topics;
    private final KeyValueStore<String, StreamProgress> store;
    private final Map<String, Watermarks> clusters = new HashMap<>();

    /** @param topics names of the topics that the view is made from */
    ViewClock(List<String> topics, KeyValueStore<String, StreamProgress> store) {
        this.topics = List.copyOf(topics);
        this.store = store;
        try (KeyValueIterator<String, StreamProgress> saved = store.all()) {
            saved.forEachRemaining(entry -> {
                String[] key = entry.key.split(SEPARATOR, 2);
                of(key[0]).restore(Watermarks.EVERY_NODE, key[1], entry.value);
            });
        }
    }

    /**
     * A source promises; what a single node's own sources promise does not matter here.
     *
     * @return the new time of the view, if it changed
     */
    Optional<Instant> heard(EventHeader header, Heartbeat heartbeat, Instant publishedAt) {
        if (header.getNode() != null) {
            return Optional.empty();
        }
        Watermarks marks = of(header.getCluster());
        Instant before = marks.everyNode();
        Watermarks.Heard heard = marks.heard(
                Watermarks.EVERY_NODE,
                header.getSource() + "@" + heartbeat.getTopic(),
                heartbeat.getUntil(),
                heartbeat.getCoveredSince(),
                publishedAt,
                heartbeat.getExpected().stream().filter(this::isRead).toList(),
                heartbeat.getFarewell());
        heard.changed().forEach((stream, progress) -> store.put(header.getCluster() + SEPARATOR + stream, progress));
        heard.forgotten().ifPresent(stream -> store.delete(header.getCluster() + SEPARATOR + stream));
        return now(header.getCluster()).filter(now -> !now.equals(before));
    }

    /** How far the view of the cluster has come; empty until every stream has been heard. */
    Optional<Instant> now(String cluster) {
        return Optional.ofNullable(of(cluster).everyNode());
    }

    private boolean isRead(String stream) {
        return topics.contains(stream.substring(stream.indexOf('@') + 1));
    }

    private Watermarks of(String cluster) {
        return clusters.computeIfAbsent(cluster, name -> new Watermarks(NOBODY_IS_LATE));
    }
}
