package io.svidflow.unreported;

import java.time.Duration;
import java.time.Instant;
import java.util.Locale;

/**
 * A span of time.
 *
 * @param to its end; null: it lasts
 */
record Spell(Instant from, Instant to) {

    boolean overlaps(Spell other) {
        return begunBy(other.to) && other.begunBy(to);
    }

    boolean contains(Instant at) {
        return !at.isBefore(from) && (to == null || !at.isAfter(to));
    }

    private boolean begunBy(Instant end) {
        return end == null || !from.isAfter(end);
    }

    /** Its length in words, e.g. {@code 6.2 s} or {@code 95 s}. */
    String words() {
        return words(from, to);
    }

    static String words(Instant from, Instant to) {
        Duration length = Duration.between(from, to);
        return length.compareTo(Duration.ofSeconds(10)) < 0
                ? String.format(Locale.ROOT, "%.1f s", length.toMillis() / 1000.0)
                : length.toSeconds() + " s";
    }
}
