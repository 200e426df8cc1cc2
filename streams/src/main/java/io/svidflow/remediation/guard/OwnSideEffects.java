package io.svidflow.remediation.guard;

import io.svidflow.event.GuardDecision;
import io.svidflow.event.Remediation;
import io.svidflow.remediation.Deeds;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;

/** What svidflow itself has stirred up is no new fault: a pod that lost its identity when its agent was restarted waits for that agent. */
final class OwnSideEffects implements Guard {

    private static final Says SAYS = new Says("G15 own-side-effects");
    private static final Duration STIRRED = Duration.ofMinutes(5);

    @Override
    public String name() {
        return SAYS.guard();
    }

    @Override
    public GuardDecision ask(Question question) {
        for (Remediation deed : Deeds.of(question.casebook()).toList()) {
            Instant calm = Deeds.at(deed).plus(STIRRED);
            boolean sameNode = question.finding().getNode().equals(deed.getNode());
            boolean began = !question.finding().getSince().isBefore(Deeds.at(deed));
            if (sameNode && began && question.now().isBefore(calm)) {
                return SAYS.no(
                        deed.getAction() + " on " + deed.getNode() + " at " + Deeds.at(deed)
                                + " came before this pod lost its identity",
                        Map.of("command", deed.getCommandId()),
                        calm);
            }
        }
        return SAYS.yes("nothing that svidflow did came before");
    }
}
