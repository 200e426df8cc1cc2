package io.svidflow.unreported;

import java.time.Instant;
import java.util.Comparator;
import java.util.Objects;

/**
 * Something that was looked at and is no finding.
 *
 * @param reason why not
 * @param subject a pod as namespace/name, an agent's node, or a component
 * @param node its node; null for a component of the cluster
 * @param from when it began
 * @param to when it was over; null when it was not
 * @param count how often: refusals, attempts, lines; 0 where nothing is counted
 * @param text the reason in words
 */
public record Unreported(Reason reason, String subject, String node, Instant from, Instant to, int count, String text) {

    /** By reason, then time; equal facts give equal lists. */
    static final Comparator<Unreported> ORDER = Comparator.comparing(Unreported::reason)
            .thenComparing(Unreported::from)
            .thenComparing(Unreported::subject)
            .thenComparing(Unreported::text);

    public Unreported {
        Objects.requireNonNull(reason, "reason");
        Objects.requireNonNull(subject, "subject");
        Objects.requireNonNull(from, "from");
        Objects.requireNonNull(text, "text");
    }
}
