package io.svidflow.cli.doctor;

import java.util.Objects;

/**
 * One remark on a deployment.
 *
 * @param severity what it is about
 * @param check name of the check that made it
 * @param seen what was seen, with object and value
 * @param because why it matters: what happens in an outage
 * @param remedy what to do; empty where nothing is to be done
 */
public record Remark(Severity severity, String check, String seen, String because, String remedy) {

    public Remark {
        Objects.requireNonNull(severity, "severity");
        Objects.requireNonNull(check, "check");
        if (seen.isBlank()) {
            throw new IllegalArgumentException("a remark of " + check + " says nothing");
        }
    }

    /** Whether somebody should mend something. */
    public boolean toMend() {
        return severity == Severity.RISK || severity == Severity.BLIND;
    }
}
