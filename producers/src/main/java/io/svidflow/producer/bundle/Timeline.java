package io.svidflow.producer.bundle;

import io.svidflow.producer.Publication;
import io.svidflow.producer.coverage.Heartbeats;
import io.svidflow.producer.coverage.Roster;
import io.svidflow.producer.coverage.Source;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Queue;

/**
 * Facts in the order they came, with the heartbeats of all sources in between. Heartbeats are written as they are
 * needed: a day of a large cluster has millions of them.
 */
final class Timeline implements Iterable<Publication> {

    private static final Duration TICK = Duration.ofSeconds(1);

    private final List<Publication> facts;
    private final Instant start;
    private final Instant end;
    private final Roster roster;
    private final Map<Source, Heartbeats> heartbeats = new LinkedHashMap<>();

    /**
     * @param facts in order, none after {@code end}
     * @param start when the observation began; the lines of a log may be older, and those of a wrong clock may seem so
     */
    Timeline(List<Publication> facts, String cluster, Roster roster, Instant start, Instant end) {
        this.facts = facts;
        this.start = start;
        this.end = end;
        this.roster = roster;
        roster.sources().forEach(source -> heartbeats.put(source, new Heartbeats(cluster, roster, source)));
    }

    @Override
    public Iterator<Publication> iterator() {
        return new Merge();
    }

    private final class Merge implements Iterator<Publication> {

        private final Iterator<Publication> unpublished = facts.iterator();
        private final Queue<Publication> due = new ArrayDeque<>();
        private Publication fact = unpublished.hasNext() ? unpublished.next() : null;
        private Instant tick = start;

        @Override
        public boolean hasNext() {
            while (due.isEmpty() && fact == null && tick != null) {
                beat();
            }
            return fact != null || !due.isEmpty();
        }

        @Override
        public Publication next() {
            if (!hasNext()) {
                throw new NoSuchElementException("the incident is over");
            }
            while (due.isEmpty() && tick != null && fact.observedAt().isAfter(tick)) {
                beat();
            }
            if (!due.isEmpty()) {
                return due.remove();
            }
            Publication next = fact;
            fact = unpublished.hasNext() ? unpublished.next() : null;
            return next;
        }

        private void beat() {
            heartbeats.forEach((source, beats) -> {
                if (due(source) && roster.covers(source, tick)) {
                    due.addAll(beats.at(tick, roster.coveredSince(source, start, tick)));
                }
            });
            tick = following(tick);
        }

        private boolean due(Source source) {
            long since = Duration.between(start, tick).toMillis();
            return tick.equals(end) || since % source.kind().cadence().toMillis() == 0;
        }

        private Instant following(Instant instant) {
            if (instant.equals(end)) {
                return null;
            }
            Instant next = instant.plus(TICK);
            return next.isAfter(end) ? end : next;
        }
    }
}
