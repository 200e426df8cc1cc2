package io.svidflow.cli.evaluate;

import io.svidflow.producer.Publication;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.stream.StreamSupport;

/**
 * What may happen to publications on their way. None of it changes what they say.
 *
 * @param shuffle sources and topics run ahead of each other by some seconds, facts of a source overtake each other
 * @param duplicate some facts come twice at once, some come once more up to a minute and a half later
 * @param delay the most by which a source's facts and heartbeats come later: each source is always late by a time of its
 *     own, and once falls silent for this long
 * @param seed the same seed disturbs in the same way
 */
public record Disturbance(boolean shuffle, boolean duplicate, Duration delay, long seed) {

    /** Nothing happens. */
    public static final Disturbance NONE = new Disturbance(false, false, Duration.ZERO, 0);

    public Disturbance {
        if (delay.isNegative() || delay.compareTo(Duration.ofMinutes(10)) > 0) {
            throw new IllegalArgumentException(
                    "a delay of " + delay.toSeconds() + " s is not possible; name one up to 10 min, such as 30s");
        }
    }

    /** Whether every fact still arrives before its source falls silent, so that the verdict must be the same. */
    public boolean loses() {
        return !delay.isZero();
    }

    /**
     * The publications as they arrive.
     *
     * @param id of the incident: each is disturbed in a way of its own
     */
    Iterable<Publication> of(Iterable<Publication> publications, String id) {
        Random random = new Random(seed * 31 + id.hashCode());
        Iterable<Publication> disturbed = delay.isZero() ? publications : delayed(publications, random);
        if (duplicate) {
            Disorder disorder = new Disorder(random.nextLong());
            disturbed = disorder.duplicated(disorder.repeated(disturbed));
        }
        if (shuffle) {
            Disorder disorder = new Disorder(random.nextLong());
            disturbed = disorder.withinHeartbeats(disorder.acrossSources(disturbed));
        }
        return disturbed;
    }

    private List<Publication> delayed(Iterable<Publication> publications, Random random) {
        List<Publication> inOrder =
                StreamSupport.stream(publications.spliterator(), false).toList();
        if (inOrder.isEmpty()) {
            return inOrder;
        }
        Instant start = inOrder.get(0).observedAt();
        Instant end = inOrder.get(inOrder.size() - 1).observedAt();
        Map<String, Lateness> sources = new TreeMap<>();
        inOrder.forEach(publication -> sources.computeIfAbsent(
                Disorder.source(publication), source -> Lateness.random(delay, start, end, random)));
        return inOrder.stream()
                .map(publication -> later(publication, sources.get(Disorder.source(publication))))
                .sorted(Comparator.comparing(Publication::observedAt))
                .toList();
    }

    /** What it says, and so when it was observed, stays in its header; a replay publishes at the time given here. */
    private static Publication later(Publication publication, Lateness lateness) {
        return new Publication(
                publication.topic(),
                publication.key(),
                publication.value(),
                lateness.published(publication.observedAt()),
                publication.route());
    }

    /**
     * How a source is late: always by some time, and once it publishes nothing for as long as the longest delay and then
     * all at once.
     */
    private record Lateness(Duration always, Instant silent, Duration silence) {

        static Lateness random(Duration most, Instant start, Instant end, Random random) {
            long length = Math.max(1, Duration.between(start, end).toMillis());
            return new Lateness(
                    Duration.ofMillis(random.nextLong(most.toMillis() + 1)),
                    start.plusMillis(random.nextLong(length)),
                    most);
        }

        Instant published(Instant observed) {
            Instant late = observed.plus(always);
            Instant speaksAgain = silent.plus(silence);
            boolean held = !observed.isBefore(silent) && late.isBefore(speaksAgain);
            return held ? speaksAgain : late;
        }
    }
}
