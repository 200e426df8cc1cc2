package io.svidflow.remediation.guard;

import io.svidflow.event.GuardDecision;
import io.svidflow.remediation.Deeds;
import java.time.Instant;
import java.util.Map;

/** After one agent has been restarted the next waits: if the first restart was wrong, a second one is worse. */
final class AgentSpacing implements Guard {

    private static final Says SAYS = new Says("S7 agent-spacing");

    @Override
    public String name() {
        return SAYS.guard();
    }

    @Override
    public GuardDecision ask(Question question) {
        Instant last = Deeds.of(question.casebook())
                .filter(deed -> deed.getAction() == question.action())
                .map(Deeds::at)
                .max(Instant::compareTo)
                .orElse(null);
        Instant next = last == null || !question.restartsAgent()
                ? null
                : last.plus(question.limits().spacing());
        return next != null && question.now().isBefore(next)
                ? SAYS.no(
                        "an agent was restarted at " + last,
                        Map.of(
                                "spacingSeconds",
                                String.valueOf(question.limits().spacing().toSeconds())),
                        next)
                : SAYS.yes(last == null ? "none was done before" : "the last one was at " + last);
    }
}
