package io.svidflow.topology;

import io.svidflow.event.EventHeader;
import io.svidflow.event.Heartbeat;
import io.svidflow.watermark.StreamProgress;
import io.svidflow.watermark.Watermarks;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.KeyValueStore;

/** The watermarks of every cluster in a partition, kept in a store. */
final class SavedWatermarks {

    private static final char SEPARATOR = '\n';

    private final Duration lateAfter;
    private final KeyValueStore<String, StreamProgress> store;
    private final Map<String, Watermarks> clusters = new HashMap<>();

    SavedWatermarks(Duration lateAfter, KeyValueStore<String, StreamProgress> store) {
        this.lateAfter = lateAfter;
        this.store = store;
        try (KeyValueIterator<String, StreamProgress> saved = store.all()) {
            saved.forEachRemaining(entry -> {
                String[] key = entry.key.split(String.valueOf(SEPARATOR), 3);
                of(key[0]).restore(key[1], key[2], entry.value);
            });
        }
    }

    Watermarks of(String cluster) {
        return clusters.computeIfAbsent(cluster, c -> new Watermarks(lateAfter));
    }

    Iterable<String> clusters() {
        return List.copyOf(clusters.keySet());
    }

    Watermarks.Heard heard(EventHeader header, Heartbeat heartbeat, Instant publishedAt) {
        String scope = header.getNode() == null ? Watermarks.EVERY_NODE : header.getNode();
        Watermarks.Heard heard = of(header.getCluster())
                .heard(
                        scope,
                        header.getSource() + "@" + heartbeat.getTopic(),
                        heartbeat.getUntil(),
                        heartbeat.getCoveredSince(),
                        publishedAt,
                        heartbeat.getExpected(),
                        heartbeat.getFarewell());
        heard.changed().forEach((stream, progress) -> store.put(key(header.getCluster(), scope, stream), progress));
        heard.forgotten().ifPresent(stream -> store.delete(key(header.getCluster(), scope, stream)));
        return heard;
    }

    List<Watermarks.Late> overdue(String cluster, Instant publicationTime) {
        List<Watermarks.Late> late = of(cluster).overdue(publicationTime);
        late.forEach(stream -> store.put(key(cluster, stream.scope(), stream.stream()), stream.progress()));
        return late;
    }

    /** Sources of all clusters that took their leave and may be observed again, in order of name. */
    List<String> stopped() {
        return Coverages.sources(clusters.values().stream()
                .flatMap(marks -> marks.stopped().stream())
                .toList());
    }

    void forget(String cluster, String node) {
        of(cluster).forget(node).forEach(stream -> store.delete(key(cluster, node, stream)));
    }

    /** The source of a stream, which is {@code source@topic}. */
    static String source(String stream) {
        return stream.substring(0, stream.lastIndexOf('@'));
    }

    private static String key(String cluster, String scope, String stream) {
        return cluster + SEPARATOR + scope + SEPARATOR + stream;
    }
}
