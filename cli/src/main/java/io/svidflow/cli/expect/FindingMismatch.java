package io.svidflow.cli.expect;

import io.svidflow.event.Finding;
import java.time.Duration;
import java.util.Optional;

/** How a finding differs from the one that was expected of its pod. */
final class FindingMismatch {

    private FindingMismatch() {}

    /** The first difference in words, or nothing. */
    static Optional<String> of(ExpectedFinding expected, Finding found) {
        if (!expected.cause().contains(found.getCause())) {
            return Optional.of(
                    Causes.text(expected.cause()) + " was expected, but the headline is " + found.getCause());
        }
        if (expected.detectedBy() != null && found.getDetectedAt().isAfter(expected.detectedBy())) {
            return Optional.of(found.getCause() + " was detected at " + found.getDetectedAt() + ", "
                    + late(Duration.between(expected.detectedBy(), found.getDetectedAt())) + " later than expected");
        }
        boolean recovered = found.getRecoveredAt() != null;
        if (expected.recovered() != null && expected.recovered() != recovered) {
            return Optional.of(
                    recovered
                            ? found.getCause() + " recovered at " + found.getRecoveredAt() + ", which was not expected"
                            : found.getCause() + " was expected to recover, but did not");
        }
        return Optional.empty();
    }

    static String late(Duration by) {
        return by.toMillis() / 1000.0 + " s";
    }
}
