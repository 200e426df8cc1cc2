package io.svidflow.remediation.guard;

import io.svidflow.event.GuardDecision;
import java.time.Duration;
import java.util.Map;

/** A decider that catches up after a pause sees the past: what it would do now was due then. It decides again once it has caught up. */
final class FreshFacts implements Guard {

    private static final Says SAYS = new Says("G8 fresh-facts");
    private static final Duration MOST = Duration.ofSeconds(60);

    @Override
    public String name() {
        return SAYS.guard();
    }

    @Override
    public GuardDecision ask(Question question) {
        Map<String, String> numbers = Map.of(
                "behindSeconds", String.valueOf(question.behind().toSeconds()),
                "limitSeconds", String.valueOf(MOST.toSeconds()));
        return question.behind().compareTo(MOST) > 0
                ? SAYS.no("what is known is " + question.behind().toSeconds() + " s old", numbers, null)
                : SAYS.yes("what is known is of now", numbers);
    }
}
