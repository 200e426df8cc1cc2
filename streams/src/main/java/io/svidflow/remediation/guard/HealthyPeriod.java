package io.svidflow.remediation.guard;

import io.svidflow.event.GuardDecision;
import io.svidflow.remediation.Deeds;
import java.time.Instant;
import java.util.Map;

/** A failure soon after a remedy is the same failure: the remedy did not help, and is not repeated. */
final class HealthyPeriod implements Guard {

    private static final Says SAYS = new Says("G13 healthy-period");

    @Override
    public String name() {
        return SAYS.guard();
    }

    @Override
    public GuardDecision ask(Question question) {
        Instant last = Deeds.of(question.casebook())
                .filter(deed -> question.proposal().subject().equals(Deeds.subject(deed)))
                .filter(deed -> deed.getAction() == question.action())
                .map(Deeds::at)
                .max(Instant::compareTo)
                .orElse(null);
        Instant anew = last == null ? null : last.plus(question.limits().healthyPeriod());
        return anew != null && question.now().isBefore(anew)
                ? SAYS.no(
                        question.action() + " was done for "
                                + question.proposal().subject() + " at " + last + ", and it fails again",
                        Map.of(
                                "healthyPeriodSeconds",
                                String.valueOf(question.limits().healthyPeriod().toSeconds())),
                        anew)
                : SAYS.yes("it was not done for " + question.proposal().subject() + " of late");
    }
}
