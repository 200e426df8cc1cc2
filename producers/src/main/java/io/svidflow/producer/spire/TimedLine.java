package io.svidflow.producer.spire;

import io.svidflow.producer.log.LogLine;
import io.svidflow.producer.log.Selectors;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A log line that is known to have a time.
 *
 * @param line what it says
 * @param at its own time, or that of the line before
 * @param raw as it was written
 */
record TimedLine(LogLine line, Instant at, RawLine raw) {

    /** Longest text that a fact carries; the line itself can be looked up by its origin. */
    private static final int LONGEST_ERROR = 4096;

    /** Later expiries than that (SPIRE signs for 20 years at most) come from a damaged line. */
    private static final long LONGEST_LIFE_SECONDS = 50L * 365 * 86_400;

    String message() {
        return line.message();
    }

    Optional<String> field(String name) {
        return line.field(name);
    }

    /** The first of these fields that says something, null if none does. */
    String firstOf(String... names) {
        return Stream.of(names)
                .flatMap(name -> field(name).stream())
                .findFirst()
                .orElse(null);
    }

    /** What went wrong in the words of the line's fields, null if they name nothing. */
    String error() {
        return cut(firstOf("error", "err", "status_message", "cause", "reason"));
    }

    /** The error with the details of a health check. */
    String errorWithDetails() {
        return joined(": ", error(), field("details").orElse(null));
    }

    /** What went wrong, in the line's message if its fields do not say. */
    String errorOrMessage() {
        return error() == null ? cut(message()) : error();
    }

    /** The message and what its fields say went wrong. */
    String messageAndError() {
        return joined(": ", message(), error());
    }

    /** UID of the pod that the line names, null if it names none. */
    String podUid() {
        return field("pod_uid")
                .or(() ->
                        field("selectors").flatMap(text -> Selectors.parse(text).podUid()))
                .orElse(null);
    }

    /** A whole number, null if the field is none. */
    Long number(String name) {
        try {
            return field(name).map(Long::valueOf).orElse(null);
        } catch (NumberFormatException e) {
            return null;
        }
    }

    /** The line's time plus a number of seconds that a field gives, null if it gives none. */
    Instant secondsAhead(String name) {
        try {
            double seconds = field(name).map(Double::valueOf).orElse(Double.NaN);
            return Math.abs(seconds) < LONGEST_LIFE_SECONDS ? at.plusNanos((long) (seconds * 1e9)) : null;
        } catch (NumberFormatException e) {
            return null;
        }
    }

    /** A time given in seconds since 1970 or in RFC 3339, null if the field is neither or far from the line's time. */
    Instant instant(String name) {
        Long seconds = number(name);
        try {
            Instant time =
                    seconds == null ? field(name).map(Instant::parse).orElse(null) : Instant.ofEpochSecond(seconds);
            return time == null || Math.abs(time.getEpochSecond() - at.getEpochSecond()) > LONGEST_LIFE_SECONDS
                    ? null
                    : time;
        } catch (DateTimeException e) {
            return null;
        }
    }

    private static String joined(String separator, String... parts) {
        return cut(Stream.of(parts).filter(part -> part != null).collect(Collectors.joining(separator)));
    }

    private static String cut(String text) {
        return text == null || text.length() <= LONGEST_ERROR ? text : text.substring(0, LONGEST_ERROR - 1) + "…";
    }
}
