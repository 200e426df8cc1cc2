package io.svidflow.producer.log;

import java.time.Instant;
import java.util.Map;
import java.util.Optional;

/** What a dialect makes of a text: the line itself, or a wrapping with another text inside. */
sealed interface Layer {

    /** The text is a whole line, or a broken one. */
    record Line(LineReading reading) implements Layer {}

    /** Something (a container runtime, journald) has wrapped the line; {@code time}, nullable, is its own. */
    record Wrapping(String inner, Instant time) implements Layer {}

    static Optional<Layer> parsed(Instant time, Level level, String message, Map<String, String> fields) {
        return Optional.of(new Line(new LineReading.Parsed(new LogLine(time, level, message, fields))));
    }

    static Optional<Layer> broken(String reason) {
        return Optional.of(new Line(new LineReading.Broken(reason)));
    }

    static Optional<Layer> wrapping(String inner, Instant time) {
        return Optional.of(new Wrapping(inner, time));
    }
}
