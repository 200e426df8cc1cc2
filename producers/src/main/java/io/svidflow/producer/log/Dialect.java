package io.svidflow.producer.log;

import java.time.Instant;
import java.util.Optional;

/** One way of writing a log line. */
interface Dialect {

    /**
     * Reads the text if it is written this way.
     *
     * @param text a line, or what another dialect found inside one; without colours, not blank
     * @param reference a time near the line's own, for dialects that leave out the year
     * @return what it is; empty if it is some other dialect's
     */
    Optional<Layer> read(String text, Instant reference);
}
