package io.svidflow.producer;

import io.svidflow.event.Origin;
import java.time.Instant;
import java.util.Objects;

/**
 * An object as a watch or a poll saw it.
 *
 * @param at when it was seen
 * @param change what had become of the object since it was last seen
 * @param object the object; for DELETED its last known state
 * @param sequence order among the observations of one source, from 0
 * @param origin where it was read
 */
public record Observation<T>(Instant at, Change change, T object, long sequence, Origin origin) {

    /** What had become of an object. */
    public enum Change {
        /** Seen for the first time. */
        ADDED,
        /** Changed. */
        MODIFIED,
        /** Gone. */
        DELETED
    }

    public Observation {
        Objects.requireNonNull(at, "at");
        Objects.requireNonNull(change, "change");
        Objects.requireNonNull(object, "object");
        Objects.requireNonNull(origin, "origin");
    }

    /** Whether the object is gone. */
    public boolean deleted() {
        return change == Change.DELETED;
    }
}
