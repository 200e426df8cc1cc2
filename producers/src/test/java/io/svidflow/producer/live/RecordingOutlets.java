package io.svidflow.producer.live;

import io.svidflow.event.Origin;
import io.svidflow.producer.EventHeaders;
import io.svidflow.producer.Publication;
import io.svidflow.producer.coverage.Gap;
import io.svidflow.producer.coverage.Source;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Collectors;

/** Keeps what sources say; a source that is asked for again after {@link #restart()} goes on from its last position. */
public final class RecordingOutlets implements Outlets {

    private final String cluster;
    private final Map<Source, Recording> recordings = new ConcurrentHashMap<>();

    private final Set<Source> released = ConcurrentHashMap.newKeySet();
    private final List<String> deadLetters = new CopyOnWriteArrayList<>();

    public RecordingOutlets(String cluster) {
        this.cluster = cluster;
    }

    @Override
    public Recording of(Source source) {
        return recordings.computeIfAbsent(source, name -> new Recording(name, cluster));
    }

    @Override
    public Set<Source> known() {
        return recordings.entrySet().stream()
                .filter(entry -> entry.getValue().resumeFrom().isPresent())
                .map(Map.Entry::getKey)
                .collect(Collectors.toSet());
    }

    @Override
    public Optional<Position> stored(Source source) {
        return Optional.ofNullable(recordings.get(source)).flatMap(Recording::resumeFrom);
    }

    @Override
    public void release(Source source) {
        released.add(source);
    }

    @Override
    public void deadLetter(String reader, Origin origin, String raw, String reason) {
        deadLetters.add(reader + ": " + reason + ": " + raw);
    }

    /** Sources that were released. */
    public Set<Source> released() {
        return Set.copyOf(released);
    }

    /** Reader, reason and raw text of what is nobody's. */
    public List<String> deadLetters() {
        return List.copyOf(deadLetters);
    }

    /** The outlets of the next process: positions are kept, recordings are empty. */
    public RecordingOutlets restart() {
        RecordingOutlets next = new RecordingOutlets(cluster);
        recordings.forEach((source, before) -> {
            if (!released.contains(source)) {
                next.recordings.put(source, new Recording(source, cluster, before));
            }
        });
        return next;
    }

    /** What one source said. */
    public static final class Recording implements Outlet {

        private final EventHeaders headers;
        private final Optional<Position> resumeFrom;
        private final AtomicLong sequence;
        private final List<Publication> facts = new CopyOnWriteArrayList<>();
        private final List<String> deadLetters = new CopyOnWriteArrayList<>();
        private final List<String> unknown = new CopyOnWriteArrayList<>();
        private final List<Position> positions = new CopyOnWriteArrayList<>();
        private final List<Gap> gaps = new CopyOnWriteArrayList<>();

        private volatile String ordinals = "";
        private volatile long sequenceAtLast;

        private Recording(Source source, String cluster) {
            headers = new EventHeaders(cluster, source.name());
            resumeFrom = Optional.empty();
            sequence = new AtomicLong();
        }

        private Recording(Source source, String cluster, Recording before) {
            headers = new EventHeaders(cluster, source.name());
            headers.resumeOrdinals(before.ordinals);
            ordinals = before.ordinals;
            resumeFrom = before.lastPosition().or(before::resumeFrom);
            sequence = new AtomicLong(before.sequenceAtLast);
            sequenceAtLast = before.sequenceAtLast;
        }

        @Override
        public EventHeaders headers() {
            return headers;
        }

        @Override
        public long nextSequence() {
            return sequence.getAndIncrement();
        }

        @Override
        public Optional<Position> resumeFrom() {
            return resumeFrom;
        }

        @Override
        public void publish(List<Publication> more) {
            facts.addAll(more);
        }

        @Override
        public void deadLetter(Origin origin, String raw, String reason) {
            deadLetters.add(origin.getLocation() + ": " + reason + ": " + raw);
        }

        @Override
        public void unknownLine(String message) {
            unknown.add(message);
        }

        @Override
        public void observed(Position position) {
            if (lastPosition()
                    .filter(last -> last.until().isAfter(position.until()))
                    .isPresent()) {
                throw new IllegalArgumentException(position.until() + " is before the last position");
            }
            ordinals = headers.ordinals();
            sequenceAtLast = sequence.get();
            positions.add(position);
        }

        @Override
        public void gap(Instant from, Instant to, String why) {
            gaps.add(new Gap(from, to));
        }

        /** Facts in the order in which they were handed over. */
        public List<Publication> facts() {
            return List.copyOf(facts);
        }

        /** Place, reason and raw text of each dead letter. */
        public List<String> deadLetters() {
            return List.copyOf(deadLetters);
        }

        /** Messages of lines that nobody knows. */
        public List<String> unknown() {
            return List.copyOf(unknown);
        }

        /** Gaps in the order in which they were said. */
        public List<Gap> gaps() {
            return List.copyOf(gaps);
        }

        /** The last position, empty before the first. */
        public Optional<Position> lastPosition() {
            return positions.isEmpty() ? Optional.empty() : Optional.of(positions.get(positions.size() - 1));
        }
    }
}
