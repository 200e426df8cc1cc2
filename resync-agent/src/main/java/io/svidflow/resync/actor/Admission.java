package io.svidflow.resync.actor;

import io.svidflow.event.RemediationAction;
import io.svidflow.event.RemediationCommand;
import io.svidflow.event.RemediationControl;
import io.svidflow.event.RemediationIntent;
import io.svidflow.event.RemediationOutcome;
import io.svidflow.event.RemediationRun;
import io.svidflow.resync.check.Refusal;
import io.svidflow.signing.CommandVerifier;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Stream;

/**
 * Whether a command that would change something is looked at at all: who sent it, whether that one may, whether its time
 * has not passed, and whether it was not carried out before. Needs to see no cluster.
 */
final class Admission {

    /** Who decides in an installation. */
    private static final String ISSUER = "svidflow-incident";

    private static final String ACT = "act";
    private static final Set<String> NEVER = Set.of("AGENT_BANNED", "NODE_ATTEST_TOFU_LOCKED");
    /** Clocks of two machines. */
    private static final Duration DOUBT = Duration.ofSeconds(5);
    /** No decider gives a command longer than this. */
    private static final Duration LONGEST = Duration.ofMinutes(5);

    private final Allowance allowance;
    private final CommandVerifier verifier;
    private final Intents intents;
    private final Pauses pauses;

    Admission(Allowance allowance, CommandVerifier verifier, Intents intents, Pauses pauses) {
        this.allowance = allowance;
        this.verifier = verifier;
        this.intents = intents;
        this.pauses = pauses;
    }

    /** Why it is not; empty: it is. */
    Optional<Refusal> ask(Delivery delivery, Instant now) {
        RemediationCommand command = delivery.command();
        return Stream.<Supplier<Optional<Refusal>>>of(
                        () -> earnest(command),
                        () -> authorised(command),
                        () -> inTime(delivery, now),
                        () -> once(command),
                        () -> paused(command, now),
                        () -> Caps.ask(command, intents, now))
                .flatMap(guard -> guard.get().stream())
                .findFirst();
    }

    /** Why it is not even observed: it comes from a replay or a test; empty: it does not. */
    static Optional<Refusal> replayed(RemediationCommand command) {
        return command.getRun() == RemediationRun.LIVE
                ? Optional.empty()
                : refused(
                        "G28 in-earnest",
                        "it says run " + command.getRun()
                                + ": a replay and a test must not write to the topic of commands");
    }

    private static Optional<Refusal> earnest(RemediationCommand command) {
        if (!command.getMode().equals(ACT)) {
            return refused("G28 in-earnest", "it says mode " + command.getMode() + ", and only act is carried out");
        }
        return command.getIssuer().equals(ISSUER)
                ? Optional.empty()
                : refused("G28 in-earnest", "\"" + command.getIssuer() + "\" decided it, and only " + ISSUER + " may");
    }

    private Optional<Refusal> authorised(RemediationCommand command) {
        return verifier.problem(command)
                .or(() -> allowance.objection(command.getAction(), command.getCause(), command.getKeyId()))
                .flatMap(because -> refused("G30 authorised", because))
                .or(() -> NEVER.contains(command.getCause())
                        ? refused("S1 never-remedied", "nothing is ever done about " + command.getCause())
                        : Optional.empty());
    }

    private static Optional<Refusal> inTime(Delivery delivery, Instant now) {
        RemediationCommand command = delivery.command();
        if (now.isAfter(command.getExpiresAt())) {
            return Refusal.of(
                    RemediationOutcome.EXPIRED,
                    "G8 in-time",
                    "it was good until " + command.getExpiresAt() + ", and it is " + now);
        }
        if (delivery.backlog()) {
            return refused("G8 no-backlog", "it was sent before this actor began to listen: it has to be decided anew");
        }
        if (now.plus(DOUBT).isBefore(command.getNotBefore())) {
            return refused(
                    "G8 in-time",
                    "its time comes at " + command.getNotBefore() + ", and here it is " + now
                            + ": do the clocks agree?");
        }
        Duration validity = Duration.between(command.getIssuedAt(), command.getExpiresAt());
        return validity.compareTo(LONGEST) > 0
                ? Refusal.of(
                        RemediationOutcome.REFUSED,
                        "G24 short-lived",
                        "it would be good for " + validity.toSeconds() + " s, and " + LONGEST.toSeconds()
                                + " s is the most",
                        Map.of("seconds", String.valueOf(validity.toSeconds())))
                : Optional.empty();
    }

    private Optional<Refusal> once(RemediationCommand command) {
        Optional<RemediationIntent> before = intents.ofCommand(command.getId()).findFirst();
        if (before.isPresent()) {
            return refused(
                    "G12 once",
                    "attempt " + before.get().getAttempt() + " of it was carried out at "
                            + before.get().getAt() + ", or may have been: it is not carried out twice");
        }
        return intents.undecided(command.getNode())
                .findFirst()
                .flatMap(open -> refused(
                        "G5 node-lease",
                        open.getAction() + " of " + open.getAt() + " on " + open.getNode() + " has not ended yet"));
    }

    private Optional<Refusal> paused(RemediationCommand command, Instant now) {
        Optional<RemediationControl> pause = pauses.of(command, now);
        return pause.flatMap(by ->
                refused("G20 paused", by.getOperator() + " has paused it at " + by.getAt() + ": " + by.getReason()));
    }

    private static Optional<Refusal> refused(String guard, String because) {
        return Refusal.of(RemediationOutcome.REFUSED, guard, because);
    }

    /** Whether an action changes nothing. */
    static boolean harmless(RemediationAction action) {
        return action == RemediationAction.WAIT || action == RemediationAction.NOTIFY;
    }
}
