package io.svidflow.cli.report;

import static java.util.Comparator.comparing;

import io.svidflow.event.Finding;
import java.time.Duration;
import java.util.Optional;

/** Whether those who waited for an identity, in a test for example, waited long enough. */
final class TestWindow {

    private TestWindow() {}

    /** The answer in words; nothing when nobody said how long they waited, or no pod had to wait. */
    static Optional<String> of(Verdict verdict) {
        Duration window = verdict.incident().testWindow();
        if (window == null || verdict.findings().isEmpty()) {
            return Optional.empty();
        }
        String question = "Was a test window of " + Moments.length(window) + " enough? ";
        Optional<Finding> stuck = verdict.findings().stream()
                .filter(f -> f.getRecoveredAt() == null)
                .findFirst();
        if (stuck.isPresent()) {
            return Optional.of(question + "No: " + Words.pod(stuck.get())
                    + " had no identity when the record ends, whatever the window.");
        }
        Finding slowest =
                verdict.findings().stream().max(comparing(TestWindow::wait)).orElseThrow();
        String took = Words.pod(slowest) + " had to wait " + Moments.length(wait(slowest));
        return Optional.of(
                wait(slowest).compareTo(window) > 0
                        ? question + "No: " + took + "; a longer window would have seen the recovery."
                        : question + "Yes: the longest wait was shorter, " + took + ".");
    }

    private static Duration wait(Finding finding) {
        return Duration.between(finding.getSince(), finding.getRecoveredAt());
    }
}
