package io.svidflow.cli.doctor;

/** What a remark is about, the gravest first. */
public enum Severity {
    /** It will cost identities, or make an outage longer. */
    RISK,
    /** It hides what an operator will want to know. */
    BLIND,
    /** A number to know. */
    NUMBER,
    /** Looked at, and as it should be. */
    FINE,
    /** The bundle does not hold what it takes to tell. */
    NOT_CHECKED
}
