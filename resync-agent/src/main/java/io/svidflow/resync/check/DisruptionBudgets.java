package io.svidflow.resync.check;

import io.svidflow.event.RemediationAction;
import io.svidflow.event.RemediationCommand;
import io.svidflow.event.RemediationOutcome;
import io.svidflow.resync.scene.Scene;
import java.util.Map;
import java.util.Optional;

/** A pod goes only as far as its PodDisruptionBudgets allow. */
final class DisruptionBudgets implements Check {

    @Override
    public String guard() {
        return "G19 disruption-budgets";
    }

    @Override
    public Optional<Refusal> ask(RemediationCommand command, Scene scene) {
        if (command.getAction() == RemediationAction.POKE_REGISTRAR) {
            return Optional.empty(); // disrupts nothing
        }
        return scene.place().budgets().stream()
                .filter(budget -> budget.disruptionsAllowed() < 1)
                .findFirst()
                .flatMap(budget -> Refusal.of(
                        RemediationOutcome.REFUSED,
                        guard(),
                        "PodDisruptionBudget " + budget.name() + " allows no disruption now",
                        Map.of("disruptionsAllowed", String.valueOf(budget.disruptionsAllowed()))));
    }
}
