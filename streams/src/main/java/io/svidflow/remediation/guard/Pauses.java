package io.svidflow.remediation.guard;

import io.svidflow.event.ControlKind;
import io.svidflow.event.GuardDecision;
import io.svidflow.event.RemediationControl;
import java.util.Map;

/** While an operator has paused remediation nothing new is carried out. Every pause has an owner and a reason, and may end by itself. */
final class Pauses implements Guard {

    private static final Says SAYS = new Says("G20 pauses");

    @Override
    public String name() {
        return SAYS.guard();
    }

    @Override
    public GuardDecision ask(Question question) {
        for (RemediationControl pause : question.casebook().controls().values()) {
            boolean lasts = pause.getKind() == ControlKind.PAUSE
                    && (pause.getExpiresAt() == null || question.now().isBefore(pause.getExpiresAt()))
                    && (pause.getCause() == null
                            || pause.getCause().equals(question.finding().getCause()))
                    && (pause.getNamespace() == null
                            || pause.getNamespace().equals(question.finding().getNamespace()));
            if (lasts) {
                return SAYS.no(
                        "paused by " + pause.getOperator() + " at " + pause.getAt() + ": " + pause.getReason(),
                        Map.of("pause", pause.getId(), "operator", pause.getOperator()),
                        pause.getExpiresAt());
            }
        }
        return SAYS.yes("nobody has paused it");
    }
}
