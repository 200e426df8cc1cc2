package io.svidflow.producer.log;

import java.time.Instant;
import java.util.Map;
import java.util.Optional;

/**
 * A line that is a JSON object: logrus ({@code time}, {@code msg}), zap ({@code ts}, {@code logger}, {@code msg}),
 * Docker's json-file ({@code log}, {@code stream}) and log shippers that nest the line in {@code json_message},
 * {@code message} or {@code log}.
 */
final class JsonLine implements Dialect {

    @Override
    public Optional<Layer> read(String text, Instant reference) {
        if (text.charAt(0) != '{') {
            return Optional.empty();
        }
        Optional<Map<String, String>> read = JsonFields.read(text);
        if (read.isEmpty()) {
            return Layer.broken(
                    "starts like JSON and is not one whole object; was the line cut off, or mixed with" + " another?");
        }
        Map<String, String> fields = read.get();
        if (fields.containsKey("msg")) {
            return line(fields);
        }
        Instant time = time(fields);
        for (String wrapped : new String[] {"json_message", "log", "message"}) {
            String inner = fields.get(wrapped);
            if (inner != null) {
                return Layer.wrapping(inner, time);
            }
        }
        return Layer.broken("JSON object without msg, json_message, log or message; is this a SPIRE log?");
    }

    private static Optional<Layer> line(Map<String, String> fields) {
        Instant time = time(fields);
        String level = fields.remove("level");
        String message = fields.remove("msg");
        return Layer.parsed(time, level == null ? Level.UNKNOWN : Level.parse(level), message, fields);
    }

    private static Instant time(Map<String, String> fields) {
        for (String name : new String[] {"time", "ts", "timestamp", "@timestamp"}) {
            String text = fields.remove(name);
            if (text != null) {
                Instant time = Timestamps.rfc3339(text);
                return time == null ? Timestamps.epochSeconds(text) : time;
            }
        }
        return null;
    }
}
