package io.svidflow.watermark;

import io.svidflow.event.Farewell;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * The watermarks of one cluster in one partition: the minimum over the heartbeats of the streams that somebody
 * announced. A node's own streams hold back that node alone. A stream that falls silent is declared late after a while
 * and no longer waited for; one that is gone is not waited for from then on, whoever still announces it.
 */
public final class Watermarks {

    /** Scope of the streams that concern every node. */
    public static final String EVERY_NODE = "";

    /** Pods come and go. */
    private static final int MOST_GONE = 64;

    private final Duration lateAfter;
    private final Map<String, Map<String, StreamProgress>> scopes = new TreeMap<>();
    private final Map<String, Instant> marks = new HashMap<>();
    private final TreeMap<Instant, Integer> nodeMarks = new TreeMap<>();
    private Instant lastHeard = Instant.MIN;
    /** Until when all were silent together: the brokers did not answer, or one process that runs all of them. */
    private Instant silentTogetherUntil = Instant.MIN;

    /** @param lateAfter how long a stream may stay silent, in publication time */
    public Watermarks(Duration lateAfter) {
        this.lateAfter = lateAfter;
    }

    /**
     * What a heartbeat changed.
     *
     * @param changed streams that are to be saved
     * @param forgotten a stream that has been gone for long, and is not to be saved any more
     * @param cameBack it is of a stream that had been declared late, and is so no longer
     */
    public record Heard(Map<String, StreamProgress> changed, Optional<String> forgotten, boolean cameBack) {}

    /** A stream that has been declared late. */
    public record Late(String scope, String stream, StreamProgress progress) {}

    /** Puts back what was saved; the watermark of the scope holds when all of its streams are back. */
    public void restore(String scope, String stream, StreamProgress progress) {
        lastHeard = progress.publishedAt().isAfter(lastHeard) ? progress.publishedAt() : lastHeard;
        put(scope, Map.of(stream, progress), null);
    }

    /**
     * A heartbeat arrived.
     *
     * @param scope {@link #EVERY_NODE}, or the node whose own stream it is
     * @param stream source@topic
     * @param expected streams of this scope that heartbeat as well
     * @param farewell how the stream takes its leave with it; null: more will follow
     */
    public Heard heard(
            String scope,
            String stream,
            Instant until,
            Instant coveredSince,
            Instant publishedAt,
            List<String> expected,
            Farewell farewell) {
        notice(publishedAt);
        Map<String, StreamProgress> streams = scopes.getOrDefault(scope, Map.of());
        Map<String, StreamProgress> changed = new TreeMap<>();
        for (String other : expected) {
            if (!streams.containsKey(other)) {
                changed.put(other, StreamProgress.announced(publishedAt));
            }
        }
        StreamProgress before = streams.getOrDefault(stream, StreamProgress.announced(publishedAt));
        StreamProgress after = before.heard(until, coveredSince, publishedAt, farewell);
        changed.put(stream, after);
        // All at once: who is announced here is waited for from now on.
        put(scope, changed, marks.get(scope));
        return new Heard(changed, forgetGone(scope), before.late() && !after.late());
    }

    /** Others may go on to announce a stream that is gone, so that the last ones are remembered. */
    private Optional<String> forgetGone(String scope) {
        Map<String, StreamProgress> streams = scopes.get(scope);
        List<String> gone = streams.keySet().stream()
                .filter(stream -> streams.get(stream).gone())
                .toList();
        if (gone.size() <= MOST_GONE) {
            return Optional.empty();
        }
        Optional<String> longest = gone.stream()
                .min(Comparator.comparing(stream -> streams.get(stream).publishedAt()));
        longest.ifPresent(streams::remove);
        return longest;
    }

    /** Everything that concerns every node is known up to here; null: not yet. */
    public Instant everyNode() {
        return marks.get(EVERY_NODE);
    }

    /** Everything about the node is known up to here; null: not yet. */
    public Instant of(String node) {
        Instant every = everyNode();
        if (every == null || !scopes.containsKey(node)) {
            return every;
        }
        Instant own = marks.get(node);
        if (own == null) {
            return null;
        }
        return own.isBefore(every) ? own : every;
    }

    /** Everything about every node is known up to here; null: not yet. */
    public Instant progress() {
        Instant every = everyNode();
        boolean unheard = nodeMarks.containsKey(Instant.MIN);
        if (every == null || unheard) {
            return null;
        }
        return nodeMarks.isEmpty() || nodeMarks.firstKey().isAfter(every) ? every : nodeMarks.firstKey();
    }

    private void notice(Instant publishedAt) {
        if (lastHeard.isAfter(Instant.MIN) && publishedAt.isAfter(lastHeard.plus(lateAfter))) {
            silentTogetherUntil = publishedAt;
        }
        lastHeard = publishedAt.isAfter(lastHeard) ? publishedAt : lastHeard;
    }

    /**
     * Declares the streams late that have been silent for too long at this publication time. When all were silent together,
     * the first to speak again does not make the others late: they have as long as ever to follow.
     */
    public List<Late> overdue(Instant publicationTime) {
        Instant limit = publicationTime.minus(lateAfter);
        List<Late> late = new ArrayList<>();
        if (!silentTogetherUntil.isBefore(limit)) {
            return late;
        }
        scopes.forEach((scope, streams) -> streams.forEach((stream, progress) -> {
            if (!progress.late() && !progress.gone() && progress.publishedAt().isBefore(limit)) {
                late.add(new Late(scope, stream, progress.declaredLate()));
            }
        }));
        late.forEach(
                stream -> put(stream.scope(), Map.of(stream.stream(), stream.progress()), marks.get(stream.scope())));
        return late;
    }

    /** The streams of a scope by name, without those that are gone. */
    public Map<String, StreamProgress> streams(String scope) {
        Map<String, StreamProgress> all = scopes.getOrDefault(scope, Map.of());
        if (all.values().stream().noneMatch(StreamProgress::gone)) {
            return Collections.unmodifiableMap(all);
        }
        Map<String, StreamProgress> there = new TreeMap<>(all);
        there.values().removeIf(StreamProgress::gone);
        return Collections.unmodifiableMap(there);
    }

    /** Streams that were stopped in an orderly way and not taken over yet. */
    public List<String> stopped() {
        return scopes.values().stream()
                .flatMap(streams -> streams.entrySet().stream())
                .filter(stream -> stream.getValue().stoppedAt() != null)
                .map(Map.Entry::getKey)
                .toList();
    }

    /** Forgets a node's own streams. */
    public List<String> forget(String node) {
        Map<String, StreamProgress> streams = scopes.remove(node);
        move(node, marks.remove(node), null, streams != null);
        return streams == null ? List.of() : List.copyOf(streams.keySet());
    }

    /** @param notBefore what the watermark must not fall behind; null: nothing */
    private void put(String scope, Map<String, StreamProgress> changed, Instant notBefore) {
        boolean known = scopes.containsKey(scope);
        Map<String, StreamProgress> streams = scopes.computeIfAbsent(scope, s -> new TreeMap<>());
        streams.putAll(changed);
        Instant before = marks.get(scope);
        Instant after = minimum(streams, notBefore, scope.equals(EVERY_NODE));
        if (after == null) {
            marks.remove(scope);
        } else {
            marks.put(scope, after);
        }
        move(scope, before, after == null ? Instant.MIN : after, known);
    }

    /** A watermark never goes back, whoever is announced later. */
    private static Instant minimum(Map<String, StreamProgress> streams, Instant before, boolean everyNode) {
        Instant min = null;
        boolean all = true;
        for (StreamProgress progress : streams.values()) {
            if (progress.late() || progress.gone()) {
                continue;
            }
            if (progress.until() == null) {
                all = false;
            } else if (min == null || progress.until().isBefore(min)) {
                min = progress.until();
            }
        }
        if (!all) {
            return before;
        }
        if (min == null) {
            // A node whose own streams are all late waits for the others; if those are silent too, time stands still.
            return everyNode ? before : Instant.MAX;
        }
        return before == null || before.equals(Instant.MAX) || min.isAfter(before) ? min : before;
    }

    private void move(String scope, Instant before, Instant after, boolean known) {
        if (scope.equals(EVERY_NODE)) {
            return;
        }
        if (known) {
            nodeMarks.computeIfPresent(before == null ? Instant.MIN : before, (t, n) -> n == 1 ? null : n - 1);
        }
        if (after != null) {
            nodeMarks.merge(after, 1, Integer::sum);
        }
    }
}
