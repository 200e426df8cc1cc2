package io.svidflow.remediation.guard;

import io.svidflow.event.GuardDecision;
import io.svidflow.event.NodeTransition;
import java.util.ArrayList;
import java.util.List;

/** The actor checks again that everything is as it was when the command was decided; what it has to compare with must be known. */
final class Preconditions implements Guard {

    private static final Says SAYS = new Says("G9 preconditions");

    @Override
    public String name() {
        return SAYS.guard();
    }

    @Override
    public GuardDecision ask(Question question) {
        NodeTransition node = question.node();
        List<String> unknown = new ArrayList<>();
        if (node == null || node.getBootId() == null) {
            unknown.add("the boot id of its node");
        }
        if (question.proposal().target().isEmpty()) {
            unknown.add("the agent pod on its node and its UID");
        }
        if (question.restartsAgent() && (node == null || node.getAgentId() == null)) {
            unknown.add("the SPIFFE ID of its agent");
        }
        return unknown.isEmpty()
                ? SAYS.yes("boot, pods and their UIDs are known")
                : SAYS.no("not known: " + String.join(", ", unknown));
    }
}
