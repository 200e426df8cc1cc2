package io.svidflow.diagnosis;

import java.time.Instant;

/**
 * Pods of one owner that have an identity.
 *
 * @param alike since when one made from the same template has had one; the latest, null: none has
 * @param others the same for pods made from another template
 */
public record Siblings(Instant alike, Instant others) {

    public static final Siblings NONE = new Siblings(null, null);

    /** Whether any of them has an identity. */
    boolean healthy() {
        return alike != null || others != null;
    }

    /** Whether only those of another template have one: then the template made the difference. */
    boolean onlyOthers() {
        return alike == null && others != null;
    }

    /** The latest of both; null: none. */
    Instant latest() {
        return alike == null || (others != null && others.isAfter(alike)) ? others : alike;
    }
}
