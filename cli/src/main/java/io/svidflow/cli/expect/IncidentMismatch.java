package io.svidflow.cli.expect;

import io.svidflow.event.Incident;
import java.time.Duration;
import java.util.Optional;

/** How an incident differs from the one that was expected with its cause. */
final class IncidentMismatch {

    private IncidentMismatch() {}

    /** The first difference in words, or nothing. */
    static Optional<String> of(ExpectedIncident expected, Incident found) {
        if (expected.openedBy() != null && found.getOpenedAt().isAfter(expected.openedBy())) {
            return Optional.of("opened at " + found.getOpenedAt() + ", "
                    + FindingMismatch.late(Duration.between(expected.openedBy(), found.getOpenedAt()))
                    + " later than expected");
        }
        boolean closed = found.getClosedAt() != null;
        if (expected.closed() != null && expected.closed() != closed) {
            return Optional.of(
                    closed
                            ? "closed at " + found.getClosedAt() + ", which was not expected"
                            : "was expected to be closed, but is still open");
        }
        return Optional.empty();
    }
}
