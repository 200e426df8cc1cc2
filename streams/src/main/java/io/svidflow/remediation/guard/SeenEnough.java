package io.svidflow.remediation.guard;

import io.svidflow.event.GuardDecision;
import io.svidflow.event.IdentityState;
import io.svidflow.event.Incident;
import io.svidflow.event.NodeTransition;
import java.util.Map;

/** Missing data is no reason to act: the pod's node must be watched, and the pod seen to be without identity. */
final class SeenEnough implements Guard {

    private static final Says SAYS = new Says("G27 seen-enough");

    @Override
    public String name() {
        return SAYS.guard();
    }

    @Override
    public GuardDecision ask(Question question) {
        for (Incident incident : question.casebook().incidents()) {
            if (incident.getClosedAt() == null && incident.getCause().equals("COVERAGE_LOST")) {
                return SAYS.no(
                        "a source is silent since " + incident.getOpenedAt() + ": what it would tell is unknown",
                        Map.of("incident", incident.getId()),
                        null);
            }
        }
        IdentityState state = question.finding().getState();
        boolean seen = state == IdentityState.STUCK || state == IdentityState.RENEWAL_FAILING;
        if (!seen) {
            return SAYS.no("the pod is " + state + ", which is not known to be without identity");
        }
        NodeTransition node = question.node();
        return node != null && node.getReady() == null
                ? SAYS.no("whether node " + node.getNode() + " is Ready is not known")
                : SAYS.yes("every source speaks, and the pod is " + state);
    }
}
