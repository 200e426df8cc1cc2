package io.svidflow.producer.log;

import java.time.Instant;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/**
 * What one line of a log says, whatever dialect it was written in.
 *
 * @param time when the program wrote it; null if the line does not say, or says something that cannot be
 * @param level how serious
 * @param message the message, unquoted
 * @param fields everything else, in the order written; values as text: numbers as written, lists and objects as JSON
 */
public record LogLine(Instant time, Level level, String message, Map<String, String> fields) {

    public LogLine {
        Objects.requireNonNull(level, "level");
        Objects.requireNonNull(message, "message");
        fields = Collections.unmodifiableMap(new LinkedHashMap<>(fields));
    }

    /**
     * A field that says something.
     *
     * @param name name of the field, as written
     * @return its value; empty if the line has no such field or the field is blank
     */
    public Optional<String> field(String name) {
        return Optional.ofNullable(fields.get(name)).filter(value -> !value.isBlank());
    }

    LogLine withTime(Instant newTime) {
        return new LogLine(newTime, level, message, fields);
    }
}
