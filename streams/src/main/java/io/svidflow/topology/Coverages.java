package io.svidflow.topology;

import io.svidflow.identity.Coverage;
import io.svidflow.topic.Topics;
import io.svidflow.watermark.StreamProgress;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;

/** What can be seen of a node, from the streams that somebody announced. */
final class Coverages {

    private static final String PODS = "@" + Topics.POD_EVENTS.name();
    private static final String ENTRIES = "@" + Topics.ENTRY_EVENTS.name();
    private static final String FETCHES = "@" + Topics.SVID_FETCH_EVENTS.name();

    private Coverages() {}

    static Coverage of(Map<String, StreamProgress> everyNode, Map<String, StreamProgress> own) {
        Instant since = everyNode.entrySet().stream()
                .filter(stream -> stream.getKey().endsWith(PODS))
                .map(stream -> stream.getValue().coveredSince())
                .filter(start -> start != null)
                .findFirst()
                .orElse(null);
        boolean late = List.of(everyNode, own).stream()
                .flatMap(streams -> streams.values().stream())
                .anyMatch(StreamProgress::late);
        Instant unbroken = Stream.of(everyNode, own)
                .flatMap(streams -> streams.values().stream())
                .map(StreamProgress::coveredSince)
                .filter(Objects::nonNull)
                .max(Instant::compareTo)
                .orElse(null);
        return new Coverage(since, ends(everyNode, ENTRIES), ends(own, FETCHES), late, kinds(own.keySet()), unbroken);
    }

    /** The sources that write these streams, in order of name. */
    static List<String> sources(Collection<String> streams) {
        return streams.stream().map(SavedWatermarks::source).distinct().sorted().toList();
    }

    /** The kinds of the sources that write these streams, in order of name. */
    static List<String> kinds(Collection<String> streams) {
        return streams.stream()
                .map(SavedWatermarks::source)
                .map(source -> source.split("/", 2)[0])
                .distinct()
                .sorted()
                .toList();
    }

    private static boolean ends(Map<String, StreamProgress> streams, String suffix) {
        return streams.keySet().stream().anyMatch(stream -> stream.endsWith(suffix));
    }
}
