package io.svidflow.remediation.guard;

import io.svidflow.event.GuardDecision;
import io.svidflow.remediation.Deeds;
import java.util.Map;

/** At most one action at a time concerns a node, until its effect is known. */
final class NodeLease implements Guard {

    private static final Says SAYS = new Says("G5 node-lease");

    @Override
    public String name() {
        return SAYS.guard();
    }

    @Override
    public GuardDecision ask(Question question) {
        return Deeds.inFlight(question.casebook())
                .filter(deed -> question.finding().getNode().equals(deed.getNode()))
                .findFirst()
                .map(deed -> SAYS.no(
                        "the lease of node " + deed.getNode() + " is held by " + deed.getAction() + " since "
                                + deed.getOpenedAt(),
                        Map.of("command", deed.getCommandId()),
                        deed.getVerifyUntil() == null
                                ? question.now().plus(question.limits().validity())
                                : deed.getVerifyUntil()))
                .orElseGet(() -> SAYS.yes("nothing is under way on the node"));
    }
}
