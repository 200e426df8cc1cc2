package io.svidflow.producer.tail;

import io.svidflow.event.Origin;
import io.svidflow.producer.FailedObservations;
import io.svidflow.producer.Publication;
import io.svidflow.producer.coverage.Source;
import io.svidflow.producer.live.Outlet;
import io.svidflow.producer.live.Position;
import io.svidflow.producer.spire.LogMapper;
import io.svidflow.producer.spire.LogMappers;
import io.svidflow.producer.spire.MappedLine;
import io.svidflow.producer.spire.RawLine;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Takes the lines of one log source to its outlet, in the order written. Every line has exactly one outcome: facts, a
 * dead letter, an unknown message that is counted, or nothing because it says nothing. Remembers in its position what a
 * later process needs so that a line that is read again gives the facts it gave, under the ids they had.
 */
public final class LogDelivery {

    /** Facts that are handed over at once. */
    private static final int BATCH = 500;

    private static final Duration WRONG_CLOCK = Duration.ofDays(1);

    private static final String TIME = "time";
    private static final String SINCE = "since";

    private final Source source;
    private final Outlet outlet;
    private final LogMapper mapper;
    private final Clock clock;
    private final Optional<Position> resumed;
    private final Instant since;
    private final List<Publication> batch = new ArrayList<>();
    private Instant reference;
    private Instant until;

    /**
     * @param source whose log it is
     * @param outlet of that source
     * @param mappers says what lines mean
     * @param clock of this machine: a line from the future has a wrong time
     * @param lookBack how far before the very first start facts are published; older lines are history
     */
    public LogDelivery(Source source, Outlet outlet, LogMappers mappers, Clock clock, Duration lookBack) {
        this.source = source;
        this.outlet = outlet;
        this.mapper = mappers.of(source, outlet.headers());
        this.clock = clock;
        this.resumed = outlet.resumeFrom();
        Position from = resumed.orElseGet(() -> Position.at(clock.instant()));
        this.since =
                Instant.parse(from.mark(SINCE, clock.instant().minus(lookBack).toString()));
        this.reference = Instant.parse(from.mark(TIME, clock.instant().toString()));
        this.until = resumed.map(Position::until).orElse(null);
    }

    /** Where an earlier process had come to; empty at the very first start. */
    public Optional<Position> resumed() {
        return resumed;
    }

    /** Lines from before this instant are history: they are read and not published. */
    public Instant since() {
        return since;
    }

    /** What has been promised, empty before the first promise. */
    public Optional<Instant> promised() {
        return Optional.ofNullable(until);
    }

    /** Time of the latest line that had one: a quiet log has no later one. */
    public Instant reached() {
        return mapper.reached().orElse(reference);
    }

    /** A whole line. */
    public void line(String text, Origin origin) throws InterruptedException {
        deliver(text, origin, true);
    }

    /** A line that nothing follows, and that may have been cut off. */
    public void lastLine(String text, Origin origin) throws InterruptedException {
        deliver(text, origin, false);
    }

    /** What is no line at all. */
    public void unreadable(String text, Origin origin, String reason) throws InterruptedException {
        flush();
        outlet.deadLetter(origin, text, reason);
    }

    private void deliver(String text, Origin origin, boolean ended) throws InterruptedException {
        MappedLine mapped = mapper.map(new RawLine(text, origin, outlet.nextSequence() + 1, reference));
        if (reached().isBefore(since)) {
            return;
        }
        switch (mapped.outcome()) {
            case FACT -> facts(mapped.facts(), text, origin);
            case KNOWN, CONTINUATION -> {
                // says nothing that anybody waits for
            }
            case BROKEN -> unreadable(text, origin, mapped.reason());
            case UNKNOWN -> {
                if (ended) {
                    outlet.unknownLine(mapped.reason());
                } else {
                    unreadable(text, origin, "the file ends in the middle of this line");
                }
            }
        }
    }

    private void facts(List<Publication> facts, String text, Origin origin) throws InterruptedException {
        Instant at = facts.get(0).observedAt();
        if (at.isAfter(clock.instant().plus(WRONG_CLOCK))) {
            unreadable(
                    text,
                    origin,
                    "wrong clock: " + at + " is more than a day ahead; set the clock of the node of " + source.name());
        } else {
            batch.addAll(facts);
            if (batch.size() >= BATCH) {
                flush();
            }
        }
    }

    /** Hands over what has been read. */
    public void flush() throws InterruptedException {
        if (!batch.isEmpty()) {
            List<Publication> full = List.copyOf(batch);
            batch.clear();
            outlet.publish(full);
        }
    }

    /**
     * Stores how far the log has been read, and promises nothing new. Says nothing before the first promise.
     *
     * @param marks where the reader goes on
     */
    public void reached(Map<String, String> marks) throws InterruptedException {
        if (until == null) {
            flush();
        } else {
            observed(until, marks);
        }
    }

    /**
     * Everything that was written up to an instant has been read.
     *
     * @param upTo if it is before an earlier promise, that one stands
     * @param marks where the reader goes on
     */
    public void observed(Instant upTo, Map<String, String> marks) throws InterruptedException {
        flush();
        until = until == null || upTo.isAfter(until) ? upTo : until;
        SortedMap<String, String> all = new TreeMap<>(marks);
        all.put(TIME, reached().toString());
        all.put(SINCE, since.toString());
        outlet.observed(new Position(until, all));
    }

    /** Nothing is known of the time from the last promise to an instant. */
    public void missed(Instant to, String why) throws InterruptedException {
        flush();
        if (until != null && until.isBefore(to)) {
            outlet.gap(until, to, why);
            until = to;
        }
    }

    /** The log could not be read: a fact of its own, and no promise. */
    public void failed(String operation, String error, Origin origin) throws InterruptedException {
        flush();
        outlet.publish(List.of(new FailedObservations(outlet.headers())
                .of(clock.instant(), source, operation, error, outlet.nextSequence(), origin)));
    }
}
