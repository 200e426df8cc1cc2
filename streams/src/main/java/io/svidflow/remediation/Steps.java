package io.svidflow.remediation;

import io.svidflow.event.Remediation;
import io.svidflow.event.RemediationState;
import io.svidflow.event.RemediationStep;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** Writes into a remediation how it came to where it stands. */
final class Steps {

    /** Who decides. */
    static final String SVIDFLOW = "svidflow";

    private Steps() {}

    /** The remediation in another state, with a line that says who brought it there and why. */
    static Remediation.Builder to(
            Remediation.Builder remediation, RemediationState state, Instant at, String by, String detail) {
        List<RemediationStep> history =
                new ArrayList<>(remediation.hasHistory() ? remediation.getHistory() : List.of());
        history.add(new RemediationStep(at, state, by, detail));
        return remediation.setState(state).setDetail(detail).setHistory(history);
    }
}
