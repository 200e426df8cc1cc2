package io.svidflow.producer.spire;

import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Durations as Go writes them: {@code 1m30.5s}, {@code 500ms}; in JSON logs whole nanoseconds. */
final class GoDuration {

    private static final Pattern NANOSECONDS = Pattern.compile("\\d{1,18}");
    private static final Pattern PART = Pattern.compile("(\\d{1,12}(?:\\.\\d{1,12})?)(h|ms|m|s|us|µs|μs|ns)");
    private static final Map<String, Double> MILLIS = Map.of(
            "h", 3_600_000.0, "m", 60_000.0, "s", 1000.0, "ms", 1.0, "us", 1e-3, "µs", 1e-3, "μs", 1e-3, "ns", 1e-6);

    private GoDuration() {}

    /** The duration in milliseconds, rounded; null if the text, nullable, is none. */
    static Long millis(String text) {
        if (text == null) {
            return null;
        }
        if (NANOSECONDS.matcher(text).matches()) {
            return Math.round(Long.parseLong(text) / 1e6);
        }
        Matcher part = PART.matcher(text);
        double millis = 0;
        int end = 0;
        while (part.lookingAt()) {
            millis += Double.parseDouble(part.group(1)) * MILLIS.get(part.group(2));
            end = part.end();
            part.region(end, text.length());
        }
        return end == 0 || end < text.length() ? null : Math.round(millis);
    }
}
