package io.svidflow.remediation.guard;

import io.svidflow.event.GuardDecision;
import io.svidflow.remediation.Mode;

/** Who allows everything has usually forgotten to say what: svidflow acts on its own only on causes that somebody named. */
final class NamedScope implements Guard {

    private static final Says SAYS = new Says("G2 named-scope");

    @Override
    public String name() {
        return SAYS.guard();
    }

    @Override
    public GuardDecision ask(Question question) {
        boolean acts = question.rule().filter(rule -> rule.mode() == Mode.ACT).isPresent();
        boolean named = question.rule().filter(rule -> rule.cause() != null).isPresent();
        if (acts && !named) {
            return SAYS.no("the rule that allows to act names no cause");
        }
        return question.finding().getPodUid().isBlank()
                ? SAYS.no("the finding names no pod")
                : SAYS.yes("it is for " + question.finding().getCause() + " and one pod");
    }
}
