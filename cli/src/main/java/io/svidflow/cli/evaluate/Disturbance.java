package io.svidflow.cli.evaluate;

import io.svidflow.producer.Publication;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.StreamSupport;

/**
 * What may happen to publications on their way. None of it changes what they say.
 *
 * @param shuffle sources and topics run ahead of each other by some seconds, facts of a source overtake each other
 * @param duplicate some facts come twice at once, some come once more up to a minute and a half later
 * @param delay the most by which a source's facts and heartbeats all come later; each source has a delay of its own
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
        Map<String, Duration> delays = new HashMap<>();
        return StreamSupport.stream(publications.spliterator(), false)
                .map(publication -> later(
                        publication,
                        delays.computeIfAbsent(
                                Disorder.source(publication),
                                source -> Duration.ofMillis(random.nextLong(delay.toMillis() + 1)))))
                .sorted(Comparator.comparing(Publication::observedAt))
                .toList();
    }

    /** What it says, and so when it was observed, stays in its header; a replay publishes at the time given here. */
    private static Publication later(Publication publication, Duration by) {
        Instant at = publication.observedAt().plus(by);
        return new Publication(publication.topic(), publication.key(), publication.value(), at, publication.route());
    }
}
