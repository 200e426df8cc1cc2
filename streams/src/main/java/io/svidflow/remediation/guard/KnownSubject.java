package io.svidflow.remediation.guard;

import io.svidflow.event.GuardDecision;

/** What is not known is counted and left alone. */
final class KnownSubject implements Guard {

    private static final Says SAYS = new Says("G23 known-subject");

    @Override
    public String name() {
        return SAYS.guard();
    }

    @Override
    public GuardDecision ask(Question question) {
        if (question.node() == null) {
            return SAYS.no("nothing is known of node " + question.finding().getNode());
        }
        return question.proposal().pod() == null
                ? SAYS.no("nothing is known of pod " + question.finding().getPodUid() + " any more")
                : SAYS.yes("node and pod are known");
    }
}
