package io.svidflow.producer.spire;

import java.time.Instant;
import java.util.Optional;

/**
 * Reads the facts out of one SPIRE log, line by line, in the order written. A mapper belongs to one file: it remembers
 * the time of the line before and, for an agent, which pod a pid belonged to. It never throws for what a line contains.
 * Not thread-safe.
 */
public interface LogMapper {

    /**
     * Says what a line means.
     *
     * @param line next line of the log
     * @return its facts and the one outcome that it is counted under
     */
    MappedLine map(RawLine line);

    /** Time of the latest line that had one, empty before the first: how far the log has been read. */
    Optional<Instant> reached();
}
