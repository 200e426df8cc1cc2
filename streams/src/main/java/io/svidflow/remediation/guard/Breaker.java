package io.svidflow.remediation.guard;

import io.svidflow.event.GuardDecision;
import io.svidflow.remediation.Latches;
import java.time.Instant;
import java.util.Map;

/** After several remedies that did not help nothing new is tried until a person says so. Recoveries and answers still count. */
final class Breaker implements Guard {

    private static final Says SAYS = new Says("G7 breaker");

    @Override
    public String name() {
        return SAYS.guard();
    }

    @Override
    public GuardDecision ask(Question question) {
        Instant open = question.casebook().instant(Latches.BREAKER);
        return open == null
                ? SAYS.yes("the breaker is closed")
                : SAYS.no(
                        "the breaker is open since " + open
                                + ": several remedies in a row did not help; a person closes it"
                                + " with svidflow resume --reset",
                        Map.of("openSince", open.toString()),
                        null);
    }
}
