package io.svidflow.producer.spire;

import io.svidflow.event.Origin;
import java.time.Instant;
import java.util.Objects;

/**
 * A line of a log as it was written.
 *
 * @param text the line, without its line end
 * @param origin where it was read
 * @param number number of the line in its file, from 1: the order among lines of equal time
 * @param reference a time near the line's own, such as the start of the incident; gives klog lines their year, and
 *     lines before the first with a time their time
 */
public record RawLine(String text, Origin origin, long number, Instant reference) {

    public RawLine {
        Objects.requireNonNull(text, "text");
        Objects.requireNonNull(origin, "origin");
        Objects.requireNonNull(reference, "reference");
        if (number < 1) {
            throw new IllegalArgumentException("lines are numbered from 1, but this one has number " + number);
        }
    }
}
