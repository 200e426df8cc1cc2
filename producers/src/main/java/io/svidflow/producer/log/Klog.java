package io.svidflow.producer.log;

import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Kubernetes' client libraries: {@code E0127 15:40:16.185176 1 file.go:96] message}, or with a quoted message followed
 * by fields. The year is missing.
 */
final class Klog implements Dialect {

    private static final Pattern START =
            Pattern.compile("([IWEF])(\\d{4} \\d\\d:\\d\\d:\\d\\d\\.\\d{6})\\s+\\d+ ([^\\s\\]]+:\\d+)\\] ?");

    @Override
    public Optional<Layer> read(String text, Instant reference) {
        Matcher start = START.matcher(text);
        if (!start.lookingAt()) {
            return Optional.empty();
        }
        Instant time = Timestamps.klog(start.group(2), reference);
        Level level = Level.parse(start.group(1));
        Map<String, String> fields = new LinkedHashMap<>();
        fields.put("caller", start.group(3));
        if (start.end() == text.length() || text.charAt(start.end()) != '"') {
            return Layer.parsed(time, level, text.substring(start.end()).strip(), fields);
        }
        GoQuoted message = GoQuoted.at(text, start.end());
        KeyValues pairs = KeyValues.read(text, message.end());
        if (!message.closed() || pairs.problem() != null) {
            return Layer.broken("klog: " + (message.closed() ? pairs.problem() : "the message has no closing quote")
                    + "; was the line cut off?");
        }
        fields.putAll(pairs.values());
        return Layer.parsed(time, level, message.value(), fields);
    }
}
