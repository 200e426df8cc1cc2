package io.svidflow.remediation.guard;

import io.svidflow.event.GuardDecision;
import java.util.Map;

/** When many are in trouble it is one systemic fault, and no number of single remedies mends it. */
final class TroubleCap implements Guard {

    private static final Says SAYS = new Says("G3 trouble-cap");

    @Override
    public String name() {
        return SAYS.guard();
    }

    @Override
    public GuardDecision ask(Question question) {
        Trouble trouble = Trouble.of(question);
        Map<String, String> numbers = trouble.numbers(question.limits());
        return trouble.beyond(question.limits())
                ? SAYS.no(
                        trouble.count() + " of " + trouble.all() + " " + trouble.what()
                                + " are in trouble: that is one fault, and no single one's",
                        numbers,
                        null)
                : SAYS.yes(
                        trouble.count() + " of " + trouble.all() + " " + trouble.what() + " are in trouble", numbers);
    }
}
