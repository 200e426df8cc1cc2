package io.svidflow.producer.log;

import java.util.Objects;

/** What reading one line gave. */
public sealed interface LineReading {

    /**
     * The line was understood.
     *
     * @param line what it says
     */
    record Parsed(LogLine line) implements LineReading {
        public Parsed {
            Objects.requireNonNull(line, "line");
        }
    }

    /** The line goes on with the one before, like the lines of a stack trace, or is blank. */
    record Continuation() implements LineReading {}

    /**
     * The line cannot be read.
     *
     * @param reason what is wrong, and the remedy
     */
    record Broken(String reason) implements LineReading {
        public Broken {
            Objects.requireNonNull(reason, "reason");
        }
    }
}
