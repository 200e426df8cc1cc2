package io.svidflow.producer.capture;

import io.svidflow.event.DeadLetter;
import io.svidflow.event.EventHeader;
import io.svidflow.event.Heartbeat;
import io.svidflow.producer.bundle.DeclaredSource;
import io.svidflow.producer.coverage.Gap;
import io.svidflow.producer.coverage.Source;
import io.svidflow.producer.coverage.SourceKind;
import io.svidflow.producer.coverage.SourceKind.Members;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.apache.avro.specific.SpecificRecord;

/** Which sources observed, from when to when, as their heartbeats say. */
final class CoverageSeen {

    /** A source that has been silent for longer was not merely slow. */
    private static final Duration SILENT = Duration.ofSeconds(15);

    private final Instant start;
    private final Instant end;
    private final SortedMap<Source, List<Heartbeat>> heartbeats = new TreeMap<>();

    /** @param events in the order in which they were published */
    CoverageSeen(Stretch stretch, List<SpecificRecord> events) {
        Instant first = null;
        Instant last = null;
        for (SpecificRecord event : events) {
            if (event instanceof DeadLetter) {
                continue;
            }
            EventHeader header = (EventHeader) event.get(0);
            Instant seen = header.getObservedTime();
            if (event.get(1) instanceof Heartbeat heartbeat) {
                Source.named(header.getSource()).ifPresent(source -> heartbeats
                        .computeIfAbsent(source, it -> new ArrayList<>())
                        .add(heartbeat));
                first = earlier(first, heartbeat.getCoveredSince());
            } else if (!header.getSource().contains("-log/")) {
                first = earlier(first, seen);
            }
            last = last == null || seen.isAfter(last) ? seen : last;
        }
        Instant begun = first == null ? earlier(last, Instant.EPOCH) : first;
        start = stretch.begins() ? stretch.from() : begun;
        end = last == null || last.isBefore(start) ? start : last;
    }

    Instant start() {
        return start;
    }

    Instant end() {
        return end;
    }

    /** What {@code incident.yaml} says of the sources. */
    Map<SourceKind, DeclaredSource> sources() {
        Map<SourceKind, List<String>> members = new EnumMap<>(SourceKind.class);
        Map<SourceKind, Map<String, List<Gap>>> gaps = new EnumMap<>(SourceKind.class);
        heartbeats.forEach((source, beats) -> {
            members.computeIfAbsent(source.kind(), kind -> new ArrayList<>()).add(source.member());
            List<Gap> found = gaps(beats);
            if (!found.isEmpty()) {
                gaps.computeIfAbsent(source.kind(), kind -> new TreeMap<>()).put(source.member(), found);
            }
        });
        Map<SourceKind, DeclaredSource> declared = new EnumMap<>(SourceKind.class);
        members.forEach((kind, names) -> declared.put(
                kind,
                new DeclaredSource(
                        kind.members() == Members.NONE ? Optional.empty() : Optional.of(names),
                        gaps.getOrDefault(kind, Map.of()))));
        return declared;
    }

    private List<Gap> gaps(List<Heartbeat> beats) {
        List<Gap> gaps = new ArrayList<>();
        Instant covered = start;
        for (Heartbeat beat : beats) {
            if (beat.getCoveredSince().isAfter(covered)) {
                gaps.add(new Gap(covered, beat.getCoveredSince()));
            }
            covered = covered.isAfter(beat.getUntil()) ? covered : beat.getUntil();
        }
        if (covered.plus(SILENT).isBefore(end)) {
            gaps.add(new Gap(covered, end));
        }
        return gaps;
    }

    private static Instant earlier(Instant known, Instant other) {
        return known == null || other.isBefore(known) ? other : known;
    }
}
