package io.svidflow.producer.bundle;

import io.svidflow.event.DeadLetter;
import io.svidflow.event.EventHeader;
import io.svidflow.producer.Publication;
import java.time.Instant;
import java.util.Comparator;

/**
 * A publication with what it is ordered by: time of observation, then source, order within the source, topic and id.
 * Nothing in it depends on the order in which files are read.
 */
record Arranged(Publication publication, String source, long sequence, String id) implements Comparable<Arranged> {

    private static final Comparator<Arranged> ORDER = Comparator.comparing(Arranged::at)
            .thenComparing(Arranged::source)
            .thenComparingLong(Arranged::sequence)
            .thenComparing(arranged -> arranged.publication().topic().name())
            .thenComparing(arranged -> arranged.publication().key())
            .thenComparing(Arranged::id);

    static Arranged fact(Publication publication) {
        // every fact begins with its header
        EventHeader header = (EventHeader) publication.value().get(0);
        return new Arranged(publication, header.getSource(), header.getSequence(), header.getId());
    }

    static Arranged deadLetter(Publication publication) {
        DeadLetter letter = (DeadLetter) publication.value();
        Long line = letter.getOrigin().getLine();
        return new Arranged(publication, letter.getSource(), line == null ? 0 : line, letter.getId());
    }

    /** Whether a log says so: what it says may be older than the observation. */
    boolean ofLog() {
        return source.contains("-log/");
    }

    Instant at() {
        return publication.observedAt();
    }

    @Override
    public int compareTo(Arranged other) {
        return ORDER.compare(this, other);
    }
}
