package io.svidflow.producer.live;

import io.svidflow.event.Origin;
import io.svidflow.producer.coverage.Source;
import java.util.Optional;
import java.util.Set;

/** The outlets of one process. */
public interface Outlets {

    /**
     * The outlet of a source; the same one each time it is asked for. From then on the source's silence is missed. A
     * source has one outlet in one process at a time, and an outlet is used by one thread at a time.
     */
    Outlet of(Source source) throws InterruptedException;

    /**
     * Sources that an earlier process observed, and whose positions are kept. A source that finds its members by
     * looking (nodes, pods) goes on with those, so that it can tell what it missed.
     */
    Set<Source> known() throws InterruptedException;

    /**
     * How far an earlier process had come with a source, without observing it here: somebody else may.
     *
     * @return empty if no position is stored
     */
    Optional<Position> stored(Source source) throws InterruptedException;

    /**
     * The source is no longer observed here, and that is as it should be: its pod is gone, or has moved to another
     * node. That is said to who waits for it: from then on its silence is not missed, until somebody speaks for it again.
     * Its position is forgotten.
     */
    void release(Source source) throws InterruptedException;

    /**
     * Keeps a piece of raw material of which nobody can tell whose it is.
     *
     * @param reader who read it, e.g. {@code log-topic}
     * @param raw the material, cut to a readable length
     * @param reason what is wrong, and the remedy
     */
    void deadLetter(String reader, Origin origin, String raw, String reason) throws InterruptedException;
}
