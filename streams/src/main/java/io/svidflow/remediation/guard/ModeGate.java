package io.svidflow.remediation.guard;

import io.svidflow.event.GuardDecision;
import io.svidflow.remediation.Mode;
import io.svidflow.remediation.ModeRule;
import java.util.Map;

/** Nothing is done that nobody has allowed: the mode is observe until somebody says otherwise. */
final class ModeGate implements Guard {

    private static final Says SAYS = new Says("G1 mode");

    @Override
    public String name() {
        return SAYS.guard();
    }

    @Override
    public GuardDecision ask(Question question) {
        Mode mode = question.rule().map(ModeRule::mode).orElse(Mode.OBSERVE);
        Map<String, String> numbers = Map.of("mode", mode.text());
        String where =
                question.finding().getCause() + " in " + question.finding().getNamespace();
        return switch (mode) {
            case ACT -> SAYS.yes("the mode for " + where + " is act", numbers);
            case SUGGEST ->
                question.proposal().approvedBy() == null
                        ? SAYS.no("the mode for " + where + " is suggest: a person has to approve", numbers, null)
                        : SAYS.yes(question.proposal().approvedBy() + " approved", numbers);
            case OBSERVE ->
                SAYS.no(
                        "the mode for " + where + " is observe; with act it would be: "
                                + question.proposal().words(),
                        numbers,
                        null);
        };
    }
}
