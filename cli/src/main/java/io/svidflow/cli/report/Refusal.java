package io.svidflow.cli.report;

import java.time.Instant;
import java.util.Objects;

/**
 * A remedy that was not planned or not carried out.
 *
 * @param at event time of the refusal
 * @param cause cause that the remedy was for
 * @param action remedy that was refused
 * @param pod target as namespace/name, or null
 * @param guard guard that refused it
 * @param because what the guard saw
 */
public record Refusal(Instant at, String cause, String action, String pod, String guard, String because) {

    public Refusal {
        Objects.requireNonNull(at, "at");
        Objects.requireNonNull(cause, "cause");
        Objects.requireNonNull(action, "action");
        Objects.requireNonNull(guard, "guard");
        Objects.requireNonNull(because, "because");
    }
}
