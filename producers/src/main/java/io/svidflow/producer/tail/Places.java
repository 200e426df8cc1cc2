package io.svidflow.producer.tail;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Tells which log lies in which file, when files are renamed, copied, compressed and truncated. */
final class Places {

    /** A log rather than what it was rotated to, a file rather than its compressed copy, more rather than less. */
    private static final Comparator<Content> BETTER = Comparator.comparing(Content::rotated)
            .thenComparing(Content::compressed)
            .thenComparing(Comparator.comparingLong(Content::size).reversed())
            .thenComparing(Content::path);

    private static final Comparator<Map.Entry<LogStream, Content>> AGE = Comparator.comparing(
                    (Map.Entry<LogStream, Content> place) -> place.getValue().modified())
            // the clock of a file system ticks slowly
            .thenComparing(place -> !place.getValue().rotated())
            .thenComparing(place -> place.getValue().path());

    private final List<LogStream> streams;
    private final Map<LogStream, Content> places = new LinkedHashMap<>();

    private Places(List<LogStream> streams) {
        this.streams = streams;
    }

    /**
     * @param streams logs that are known; new ones are added
     * @param found files that are there
     * @param since what was rotated away before has never been of interest
     * @return where each log lies, oldest first; logs that lie nowhere are missing
     */
    static Map<LogStream, Content> of(List<LogStream> streams, List<Content> found, Instant since) {
        Places all = new Places(streams);
        found.stream().filter(Content::recognisable).sorted(BETTER).forEach(content -> all.place(content, since));
        Map<LogStream, Content> byAge = new LinkedHashMap<>();
        all.places.entrySet().stream().sorted(AGE).forEach(place -> byAge.put(place.getKey(), place.getValue()));
        return byAge;
    }

    private void place(Content content, Instant since) {
        LogStream known = known(content);
        if (known != null) {
            known.found(content);
            places.put(known, content);
        } else if (!copy(content) && (!content.rotated() || !content.modified().isBefore(since))) {
            LogStream fresh = new LogStream(content);
            streams.add(fresh);
            places.put(fresh, content);
        }
    }

    private LogStream known(Content content) {
        List<LogStream> possible = new ArrayList<>(streams.stream()
                .filter(stream -> !places.containsKey(stream) && stream.isIn(content))
                .toList());
        possible.sort(Comparator.comparing((LogStream stream) -> !stream.wasAt(content))
                .thenComparing(Comparator.comparingInt(LogStream::headLength).reversed()));
        return possible.isEmpty() ? null : possible.get(0);
    }

    /** Two logs that are written to are two logs, however they begin. */
    private boolean copy(Content content) {
        return places.entrySet().stream()
                .anyMatch(place -> place.getKey().isIn(content)
                        && (content.rotated()
                                || place.getValue().rotated()
                                || place.getValue().key().equals(content.key())));
    }
}
