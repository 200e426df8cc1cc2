package io.svidflow.resync.check;

import io.svidflow.event.GuardDecision;
import io.svidflow.event.RemediationOutcome;
import java.util.Map;
import java.util.Optional;

/**
 * Why something is not carried out.
 *
 * @param outcome what the result says of it
 * @param decision the guard, its numbers and its words
 */
public record Refusal(RemediationOutcome outcome, GuardDecision decision) {

    /** In words. */
    public String because() {
        return decision.getBecause();
    }

    /** A guard refuses. */
    public static Optional<Refusal> of(RemediationOutcome outcome, String guard, String because) {
        return of(outcome, guard, because, Map.of());
    }

    /** A guard refuses by these numbers. */
    public static Optional<Refusal> of(
            RemediationOutcome outcome, String guard, String because, Map<String, String> numbers) {
        return Optional.of(new Refusal(outcome, new GuardDecision(guard, false, because, numbers, null)));
    }
}
