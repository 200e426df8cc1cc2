package io.svidflow.producer.coverage;

import io.svidflow.topic.Topic;
import io.svidflow.topic.Topic.Key;
import java.time.Instant;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;

/**
 * The sources that observe a cluster, and when each of them did not.
 *
 * @param gaps every source, with its gaps in order of time
 */
public record Roster(SortedMap<Source, List<Gap>> gaps) {

    public Roster {
        SortedMap<Source, List<Gap>> copy = new TreeMap<>();
        gaps.forEach((source, list) -> copy.put(
                source, list.stream().sorted(Comparator.comparing(Gap::from)).toList()));
        gaps = Collections.unmodifiableSortedMap(copy);
    }

    /** A roster of sources that observed all the time. */
    public static Roster of(Iterable<Source> sources) {
        SortedMap<Source, List<Gap>> gaps = new TreeMap<>();
        sources.forEach(source -> gaps.put(source, List.of()));
        return new Roster(gaps);
    }

    /**
     * With somebody who speaks for the whole cluster on the topics that are keyed by node: a log of one node alone cannot
     * say that nothing else is to be waited for.
     */
    public Roster withReader() {
        boolean spokenFor = gaps.keySet().stream()
                .map(Source::kind)
                .anyMatch(kind ->
                        kind.clusterWide() && kind.topics().stream().anyMatch(topic -> topic.key() == Key.NODE));
        if (spokenFor) {
            return this;
        }
        SortedMap<Source, List<Gap>> more = new TreeMap<>(gaps);
        more.put(Source.of(SourceKind.READER), List.of());
        return new Roster(more);
    }

    /** Every source, in order of name. */
    public SortedSet<Source> sources() {
        return new TreeSet<>(gaps.keySet());
    }

    /** Whether a source observed at this instant. */
    public boolean covers(Source source, Instant instant) {
        return gaps.get(source).stream().noneMatch(gap -> gap.hides(instant));
    }

    /**
     * Start of the unbroken stretch of observation that an instant belongs to.
     *
     * @param start start of the observation
     */
    public Instant coveredSince(Source source, Instant start, Instant instant) {
        return gaps.get(source).stream()
                .map(Gap::to)
                .filter(end -> end.isAfter(start) && !end.isAfter(instant))
                .max(Comparator.naturalOrder())
                .orElse(start);
    }

    /**
     * The streams that somebody who reads by a key waits for: those of all cluster-wide sources into topics keyed like
     * this one, or those of one node's own sources.
     */
    public List<String> expected(Source source, Topic<?> topic) {
        return gaps.keySet().stream()
                .filter(other -> source.kind().clusterWide()
                        ? other.kind().clusterWide()
                        : !other.kind().clusterWide() && other.member().equals(source.member()))
                .flatMap(other -> streams(other, topic.key()))
                .sorted()
                .toList();
    }

    private static Stream<String> streams(Source source, Key key) {
        return source.kind().topics().stream()
                .filter(topic -> topic.key() == key)
                .map(source::stream);
    }
}
