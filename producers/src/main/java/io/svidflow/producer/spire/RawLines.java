package io.svidflow.producer.spire;

import io.svidflow.producer.coverage.Source;

/**
 * Sees the lines of logs as they were written, each log in its order. Called by the threads of the sources, which wait.
 */
@FunctionalInterface
public interface RawLines {

    /** Sees nothing. */
    RawLines NONE = (log, text) -> {};

    /**
     * A line was read.
     *
     * @param text without its line end
     */
    void read(Source log, String text);
}
