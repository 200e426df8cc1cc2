package io.svidflow.diagnosis;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * A run of complaints about one thing. It is over when a minute has passed without one, or when something has shown it.
 *
 * @param first first complaint of the run; null: there is none
 * @param count complaints of the run
 * @param text what the first one said; of the last run when there is none
 * @param subject what the latest one was about; null: it names nothing
 * @param ref fact behind the first one
 * @param previous the run before, once it was over
 */
public record Complaints(
        Instant first, Instant last, int count, String text, String subject, String ref, Outage previous) {

    /** A single complaint is a hiccup. */
    private static final int ENOUGH = 3;

    private static final Duration SILENCE = Duration.ofSeconds(60);

    static final Complaints NONE = new Complaints(null, null, 0, null, null, null, null);

    Complaints add(Instant at, String said, String about, String fact) {
        if (first == null || at.isAfter(last.plus(SILENCE))) {
            return new Complaints(at, at, 1, said, about, fact, confirmed() ? new Outage(first, last) : previous);
        }
        return new Complaints(first, at.isAfter(last) ? at : last, count + 1, text, about, ref, previous);
    }

    /** Something has shown that there is nothing to complain about any more. */
    Complaints over(Instant at) {
        return first == null || !at.isAfter(last)
                ? this
                : new Complaints(null, null, 0, text, subject, ref, confirmed() ? new Outage(first, at) : previous);
    }

    /** The present run, or else the last one; what is complained of once or twice is none. */
    Optional<Outage> outage(Instant now) {
        return confirmed()
                ? Optional.of(new Outage(first, now.isAfter(last.plus(SILENCE)) ? last : null))
                : Optional.ofNullable(previous);
    }

    /** Whether something is complained of that nothing has shown to be over. */
    boolean present() {
        return first != null;
    }

    private boolean confirmed() {
        return count >= ENOUGH;
    }
}
