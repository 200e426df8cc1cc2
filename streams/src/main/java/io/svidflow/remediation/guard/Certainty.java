package io.svidflow.remediation.guard;

import io.svidflow.event.GuardDecision;
import io.svidflow.event.HeadlineChange;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;

/** A wrong verdict leads to a wrong remedy: the headline must be likely, and must have stood for a while. */
final class Certainty implements Guard {

    private static final Says SAYS = new Says("S2 certainty");
    private static final double ENOUGH = 0.75;
    private static final Duration STANDS = Duration.ofSeconds(30);

    @Override
    public String name() {
        return SAYS.guard();
    }

    @Override
    public GuardDecision ask(Question question) {
        double confidence = question.finding().getConfidence();
        HeadlineChange latest = question.finding()
                .getHistory()
                .get(question.finding().getHistory().size() - 1);
        Instant stands = latest.getAt().plus(STANDS);
        Map<String, String> numbers = Map.of(
                "confidence",
                String.valueOf(confidence),
                "needed",
                String.valueOf(ENOUGH),
                "since",
                latest.getAt().toString());
        if (confidence < ENOUGH) {
            return SAYS.no(question.finding().getCause() + " is not certain enough", numbers, null);
        }
        return question.now().isBefore(stands)
                ? SAYS.no("the headline is new since " + latest.getAt(), numbers, stands)
                : SAYS.yes(
                        question.finding().getCause() + " has been the likely cause since " + latest.getAt(), numbers);
    }
}
