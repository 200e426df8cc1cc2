package io.svidflow.producer.bundle;

import io.svidflow.producer.DeadLetters;
import io.svidflow.producer.Publication;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Takes in what the lines of a bundle say, and keeps account of every line. A fact whose clock is wrong becomes a dead
 * letter here.
 */
final class Intake {

    private final String cluster;
    private final ClockCheck clock;
    private final List<Arranged> facts = new ArrayList<>();
    private final List<Unread> unread = new ArrayList<>();
    private final Map<String, Instant> lastFact = new HashMap<>();
    private final Fate known = new Fate();
    private final Fate unknown = new Fate();
    private final Fate broken = new Fate();
    private long withFacts;
    private long continuations;
    private long wrongClocks;

    Intake(String cluster, ClockCheck clock) {
        this.cluster = cluster;
        this.clock = clock;
    }

    /** A line that may have facts. */
    void line(String source, Place place, String raw, List<Publication> publications) {
        if (publications.isEmpty()) {
            known.add(place, "says nothing new");
            return;
        }
        for (Publication publication : publications) {
            if (!clock.plausible(publication.observedAt())) {
                wrongClocks++;
                broken(source, place, raw, clock.complaint(publication.observedAt()));
                return;
            }
        }
        withFacts++;
        publications.forEach(publication -> facts.add(Arranged.fact(publication)));
        lastFact.put(source, publications.get(publications.size() - 1).observedAt());
    }

    /** A line that is understood and says nothing about identities. */
    void known(Place place, String text) {
        known.add(place, text);
    }

    /** A well-formed line with a message that nobody knows. */
    void unknown(Place place, String message) {
        unknown.add(place, message);
    }

    /** A line that goes on with the one before. */
    void continuation() {
        continuations++;
    }

    /** A line that cannot be read. */
    void broken(String source, Place place, String raw, String reason) {
        broken.add(place, reason);
        unread.add(new Unread(source, place, DeadLetters.kept(raw), reason, lastFact.get(source)));
    }

    /** Lines whose clock is wrong, and none whose clock is right: then the incident's own times are. */
    boolean allClocksWrong() {
        return facts.isEmpty() && wrongClocks > 0;
    }

    List<Arranged> facts() {
        return facts;
    }

    /** @param start time of dead letters that no fact of their source went before */
    List<Arranged> deadLetters(Instant start) {
        return unread.stream().map(letter -> publish(letter, start)).toList();
    }

    ReadReport report(List<String> notUsed) {
        SortedMap<String, Long> bySource = new TreeMap<>();
        facts.forEach(fact -> bySource.merge(fact.source(), 1L, Long::sum));
        long lines = withFacts
                + known.lines().count()
                + unknown.lines().count()
                + continuations
                + broken.lines().count();
        return new ReadReport(
                lines, withFacts, known.lines(), unknown.lines(), continuations, broken.lines(), bySource, notUsed);
    }

    private Arranged publish(Unread letter, Instant start) {
        Instant after = letter.after() == null ? start : letter.after();
        return Arranged.deadLetter(DeadLetters.of(
                cluster,
                letter.source(),
                letter.place().origin(),
                letter.place().toString(),
                letter.raw(),
                letter.reason(),
                after));
    }

    private record Unread(String source, Place place, String raw, String reason, Instant after) {}
}
