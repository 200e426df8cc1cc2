package io.svidflow.cli.report;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;

/** Times as people read them: UTC, with the date only where it is not the day on which the report begins. */
final class Moments {

    private static final DateTimeFormatter DAY = utc("uuuu-MM-dd");
    private static final DateTimeFormatter SECOND = utc("HH:mm:ss'Z'");
    private static final DateTimeFormatter MILLI = utc("HH:mm:ss.SSS'Z'");

    private final LocalDate today;

    Moments(Instant start) {
        today = LocalDate.ofInstant(start, ZoneOffset.UTC);
    }

    /** Date and time, always both. */
    static String full(Instant at) {
        return DAY.format(at) + " " + SECOND.format(at);
    }

    String second(Instant at) {
        return day(at) + SECOND.format(at);
    }

    String milli(Instant at) {
        return day(at) + MILLI.format(at);
    }

    /** A length of time with the two units that matter: {@code 0.4 s}, {@code 12 s}, {@code 1m 46s}, {@code 2h 03m}. */
    static String length(Duration length) {
        Duration size = length.abs();
        String sign = length.isNegative() ? "-" : "";
        if (size.toMillis() < 10_000) {
            return sign + String.format(Locale.ROOT, "%.1f s", size.toMillis() / 1000.0);
        }
        if (size.toSeconds() < 60) {
            return sign + size.toSeconds() + " s";
        }
        if (size.toMinutes() < 60) {
            return sign + String.format(Locale.ROOT, "%dm %02ds", size.toMinutes(), size.toSecondsPart());
        }
        return sign + String.format(Locale.ROOT, "%dh %02dm", size.toHours(), size.toMinutesPart());
    }

    private String day(Instant at) {
        return LocalDate.ofInstant(at, ZoneOffset.UTC).equals(today) ? "" : DAY.format(at) + " ";
    }

    private static DateTimeFormatter utc(String pattern) {
        return DateTimeFormatter.ofPattern(pattern, Locale.ROOT).withZone(ZoneOffset.UTC);
    }
}
