package io.svidflow.producer.live;

import io.svidflow.event.Origin;
import io.svidflow.producer.EventHeaders;
import io.svidflow.producer.Publication;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * Where one source says what it sees. Facts that were acknowledged come first, then the position behind them is stored,
 * then the heartbeat promises that nothing is missing up to there. A process that dies between two of these steps
 * repeats facts under the ids they had, and has promised nothing too much.
 *
 * <p>Every call may block while Kafka does not keep up: a source then stops reading. Nothing is dropped. For one thread
 * at a time.
 */
public interface Outlet {

    /**
     * Writes the headers of this source's facts. A source that goes on after a restart finds the ordinals among equals as
     * they were at the position that it resumes from; every header that it has written belongs to a fact that it hands
     * over before it calls {@link #observed}.
     */
    EventHeaders headers();

    /** Next ordinal of an observation of this source, from 0 at the very first start; goes on after a restart. */
    long nextSequence();

    /** How far an earlier process had come, empty at the very first start. */
    Optional<Position> resumeFrom();

    /** Hands over facts, in the order in which they were observed. */
    void publish(List<Publication> facts) throws InterruptedException;

    /**
     * Keeps a piece of raw material that cannot be understood.
     *
     * @param raw the material, cut to a readable length by the outlet
     * @param reason what is wrong, and the remedy
     */
    void deadLetter(Origin origin, String raw, String reason) throws InterruptedException;

    /** Counts a well-formed log line whose message nobody knows. */
    void unknownLine(String message);

    /**
     * Everything that could be observed up to an instant has been handed over. Says so often, also while nothing
     * happens: the heartbeats follow from it.
     *
     * @param position from where the observation can go on after a restart; it must only cover what was handed over
     * @throws IllegalArgumentException if the position is before the last one
     */
    void observed(Position position) throws InterruptedException;

    /**
     * Nothing could be observed for a while, and what happened then may never be known: a relist after a broken watch,
     * a log that was rotated away. What was handed over before belongs to the time before the gap. Published as a failed
     * observation, and nothing is promised until a position at or after the end of the gap.
     *
     * @param from last instant that was observed
     * @param to first instant that is observed again
     * @param why what an operator reads, e.g. {@code resourceVersion 4711 is too old (410)}
     */
    void gap(Instant from, Instant to, String why) throws InterruptedException;
}
