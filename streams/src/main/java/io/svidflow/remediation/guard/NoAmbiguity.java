package io.svidflow.remediation.guard;

import io.svidflow.event.GuardDecision;
import io.svidflow.event.RemediationState;
import io.svidflow.remediation.Deeds;
import java.util.Map;

/** Where nobody knows whether the last action was carried out, a person finds out first. */
final class NoAmbiguity implements Guard {

    private static final Says SAYS = new Says("G11 no-ambiguity");

    @Override
    public String name() {
        return SAYS.guard();
    }

    @Override
    public GuardDecision ask(Question question) {
        return question.casebook().past().values().stream()
                .filter(deed -> deed.getState() == RemediationState.AMBIGUOUS)
                .filter(deed -> question.finding().getNode().equals(deed.getNode())
                        || question.proposal().subject().equals(Deeds.subject(deed)))
                .findFirst()
                .map(deed -> SAYS.no(
                        "nobody knows whether " + deed.getAction() + " of " + deed.getOpenedAt() + " on "
                                + deed.getNode() + " was carried out; a person says so with svidflow resume --confirm "
                                + deed.getNode(),
                        Map.of("command", deed.getCommandId()),
                        null))
                .orElseGet(() -> SAYS.yes("the end of every earlier action is known"));
    }
}
