package io.svidflow.producer.log;

import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/** Text of logrus: {@code time="…" level=info msg="…" key=value}, with or without its time. */
final class LogrusText implements Dialect {

    private static final Pattern START = Pattern.compile("(?:time|level|msg)=");

    @Override
    public Optional<Layer> read(String text, Instant reference) {
        if (!START.matcher(text).lookingAt()) {
            return Optional.empty();
        }
        KeyValues pairs = KeyValues.read(text, 0);
        if (pairs.problem() != null) {
            return Layer.broken("logrus text: " + pairs.problem() + "; was the line cut off, or mixed with another?");
        }
        Map<String, String> fields = pairs.values();
        String message = fields.remove("msg");
        if (message == null) {
            return Layer.broken("logrus text without msg; was the line cut off?");
        }
        String time = fields.remove("time");
        String level = fields.remove("level");
        return Layer.parsed(
                time == null ? null : Timestamps.rfc3339(time),
                level == null ? Level.UNKNOWN : Level.parse(level),
                message,
                fields);
    }
}
