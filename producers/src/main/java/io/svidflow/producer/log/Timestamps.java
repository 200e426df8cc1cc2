package io.svidflow.producer.log;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.time.format.ResolverStyle;
import java.util.Locale;

/**
 * Times as logs write them. Every method gives null for what cannot be a time, or cannot be a time at which SPIRE ran:
 * a line with such a time is still worth reading.
 */
final class Timestamps {

    private static final Instant EARLIEST = Instant.parse("2016-01-01T00:00:00Z");
    private static final Instant LATEST = Instant.parse("2200-01-01T00:00:00Z");
    private static final BigDecimal EARLIEST_EPOCH = BigDecimal.valueOf(EARLIEST.getEpochSecond());
    private static final BigDecimal LATEST_EPOCH = BigDecimal.valueOf(LATEST.getEpochSecond());

    /** RFC 3339 with an offset with or without colon: zap writes +0200, logrus +02:00. */
    private static final DateTimeFormatter RFC_3339 = new DateTimeFormatterBuilder()
            .append(DateTimeFormatter.ISO_LOCAL_DATE_TIME)
            .optionalStart()
            .appendOffset("+HH:MM", "Z")
            .optionalEnd()
            .optionalStart()
            .appendOffset("+HHMM", "Z")
            .optionalEnd()
            .toFormatter(Locale.ROOT)
            .withResolverStyle(ResolverStyle.STRICT);

    private static final DateTimeFormatter KLOG = DateTimeFormatter.ofPattern("uuuuMMdd HH:mm:ss.SSSSSS", Locale.ROOT)
            .withResolverStyle(ResolverStyle.STRICT);
    private static final DateTimeFormatter SYSLOG =
            DateTimeFormatter.ofPattern("uuuu MMM d HH:mm:ss", Locale.ENGLISH).withResolverStyle(ResolverStyle.STRICT);

    private Timestamps() {}

    /** {@code 2026-11-23T05:41:51.488950984Z}, {@code …+01:00}, {@code …+0100}. */
    static Instant rfc3339(String text) {
        try {
            return plausible(OffsetDateTime.parse(text, RFC_3339).toInstant());
        } catch (DateTimeException e) {
            return null;
        }
    }

    /** Seconds since 1970, with a fraction: {@code 1706369116.1851761}. */
    static Instant epochSeconds(String text) {
        try {
            BigDecimal seconds = new BigDecimal(text);
            if (seconds.compareTo(EARLIEST_EPOCH) < 0 || seconds.compareTo(LATEST_EPOCH) > 0) {
                return null;
            }
            BigDecimal micros = seconds.movePointRight(6).setScale(0, RoundingMode.DOWN);
            return Instant.EPOCH.plus(Duration.ofNanos(micros.longValueExact() * 1000));
        } catch (NumberFormatException e) {
            return null;
        }
    }

    /** {@code 0127 15:40:16.185176}, in UTC, in the year that puts it nearest to the reference. */
    static Instant klog(String monthAndDay, Instant reference) {
        return nearest(monthAndDay, "", KLOG, reference);
    }

    /** {@code Nov 07 17:43:11}, taken as UTC, in the year that puts it nearest to the reference. */
    static Instant syslog(String monthAndDay, Instant reference) {
        return nearest(monthAndDay.replaceAll(" +0?", " "), " ", SYSLOG, reference);
    }

    private static Instant nearest(String text, String separator, DateTimeFormatter format, Instant reference) {
        int year = reference.atOffset(ZoneOffset.UTC).getYear();
        Instant best = null;
        for (int candidate = year - 1; candidate <= year + 1; candidate++) {
            Instant time = local(candidate + separator + text, format);
            if (time != null && (best == null || distance(time, reference).compareTo(distance(best, reference)) < 0)) {
                best = time;
            }
        }
        return best;
    }

    private static Instant local(String text, DateTimeFormatter format) {
        try {
            return plausible(LocalDateTime.parse(text, format).toInstant(ZoneOffset.UTC));
        } catch (DateTimeException e) {
            return null;
        }
    }

    private static Duration distance(Instant one, Instant other) {
        return Duration.between(one, other).abs();
    }

    private static Instant plausible(Instant time) {
        return time.isBefore(EARLIEST) || time.isAfter(LATEST) ? null : time;
    }
}
