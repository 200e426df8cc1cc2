package io.svidflow.resync.actor;

import io.svidflow.event.RemediationAction;
import io.svidflow.event.RemediationCommand;
import io.svidflow.event.RemediationIntent;
import io.svidflow.event.RemediationOutcome;
import io.svidflow.resync.check.Refusal;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What no decider can order, whatever it has come to believe: more than a few actions in an hour, one agent right after
 * another. Counted from the intents, and therefore by all actors of the cluster together and across restarts.
 */
final class Caps {

    private static final String CAP = "G10 actor-cap";
    private static final String SPACING = "S7 agent-spacing";
    private static final Duration WINDOW = Duration.ofHours(1);
    private static final Duration BETWEEN_AGENTS = Duration.ofMinutes(5);
    private static final Map<RemediationAction, Integer> MOST = Map.of(
            RemediationAction.RESTART_AGENT, 3,
            RemediationAction.RESTART_WORKLOAD, 5,
            RemediationAction.POKE_REGISTRAR, 20);

    private Caps() {}

    static Optional<Refusal> ask(RemediationCommand command, Intents intents, Instant now) {
        int most = MOST.getOrDefault(command.getAction(), 0);
        List<RemediationIntent> before =
                intents.since(command.getAction(), now.minus(WINDOW)).toList();
        if (before.size() >= most) {
            return Refusal.of(
                    RemediationOutcome.REFUSED,
                    CAP,
                    before.size() + " times " + command.getAction() + " within an hour is as much as this actor does",
                    Map.of("done", String.valueOf(before.size()), "most", String.valueOf(most)));
        }
        return before.stream()
                .filter(any -> command.getAction() == RemediationAction.RESTART_AGENT)
                .filter(intent -> now.isBefore(intent.getAt().plus(BETWEEN_AGENTS)))
                .findFirst()
                .flatMap(intent -> Refusal.of(
                        RemediationOutcome.REFUSED,
                        SPACING,
                        "an agent, on " + intent.getNode() + ", was restarted at " + intent.getAt(),
                        Map.of("spacingSeconds", String.valueOf(BETWEEN_AGENTS.toSeconds()))));
    }
}
