package io.svidflow.resync.actor;

import io.svidflow.event.RemediationAction;
import io.svidflow.event.RemediationCommand;
import io.svidflow.event.RemediationEvidence;
import io.svidflow.event.RemediationIntent;
import io.svidflow.event.RemediationOutcome;
import io.svidflow.event.RemediationResult;
import io.svidflow.resync.check.Checks;
import io.svidflow.resync.check.Refusal;
import io.svidflow.resync.scene.Cluster;
import io.svidflow.resync.scene.Effect;
import io.svidflow.resync.scene.Identities;
import io.svidflow.resync.scene.Scene;
import io.svidflow.resync.scene.UnseenException;
import io.svidflow.signing.CommandVerifier;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Carries out one command at a time, each at most once. It is admitted, everything is looked at again, evidence is saved,
 * the intent is written; only then something is changed, and then what came of it is written. Whoever dies in between
 * leaves an intent without an end, which is never tried again: a person is asked.
 */
public final class Actor {

    private static final Logger LOG = LoggerFactory.getLogger(Actor.class);
    private static final String COMMAND = "command";

    private final ActorSettings settings;
    private final Admission admission;
    private final Checks checks;
    private final Cluster cluster;
    private final Identities identities;
    private final EvidenceBag evidence;
    private final Intents intents;
    private final Journal journal;
    private final Harmless harmless;
    private final Aftermath aftermath;
    private final Answers answers;
    private final Clock clock;

    /**
     * @param verifier knows whose commands count
     * @param intents what was set out to do so far
     * @param pauses what operators have paused
     * @param journal where everything is written
     */
    public Actor(
            ActorSettings settings,
            CommandVerifier verifier,
            Cluster cluster,
            Identities identities,
            Intents intents,
            Pauses pauses,
            Journal journal,
            Clock clock) {
        this.settings = settings;
        this.admission = new Admission(settings.allowance(), verifier, intents, pauses);
        this.checks = new Checks(settings.protectedNamespaces());
        this.cluster = cluster;
        this.identities = identities;
        this.evidence = new EvidenceBag(cluster);
        this.intents = intents;
        this.journal = journal;
        this.answers = new Answers(settings.name());
        this.harmless = new Harmless(cluster, answers);
        this.aftermath = new Aftermath(cluster);
        this.clock = clock;
    }

    /** Deals with one command; when this returns it has been answered. */
    public void handle(Delivery delivery) throws InterruptedException {
        RemediationCommand command = delivery.command();
        Instant now = clock.instant();
        Optional<RemediationResult> known = answeredBefore(command)
                .or(() -> Admission.replayed(command).map(why -> answers.refused(command, why, now)));
        if (!command.getCluster().equals(settings.cluster())) {
            journal.skipped(delivery);
        } else if (known.isPresent()) {
            answer(delivery, known.get());
        } else if (command.getAction() == RemediationAction.UNKNOWN) {
            String newer = "the action of the command is of a newer release: upgrade the resync agent";
            answer(
                    delivery,
                    answers.of(command, RemediationOutcome.UNKNOWN, newer, now).build());
        } else if (Admission.harmless(command.getAction())) {
            answer(delivery, harmless.answer(command, now));
        } else {
            change(delivery, now);
        }
    }

    /** The same attempt once more gets the same answer once more: it is a repetition and not a new wish. */
    private Optional<RemediationResult> answeredBefore(RemediationCommand command) {
        return intents.of(command.getId(), command.getAttempt()).map(RemediationIntent::getResult);
    }

    /** Says of what a predecessor began that nobody knows how it ended. */
    public void orphaned(RemediationIntent intent) {
        RemediationIntent ended = RemediationIntent.newBuilder(intent)
                .setResult(answers.ambiguous(intent, aftermath.of(intent.getTarget()), clock.instant()))
                .build();
        journal.orphaned(ended);
        intents.learn(ended);
        told(ended.getResult());
    }

    private void change(Delivery delivery, Instant now) throws InterruptedException {
        RemediationCommand command = delivery.command();
        Optional<Refusal> refusal = admission.ask(delivery, now);
        if (refusal.isPresent()) {
            answer(delivery, answers.refused(command, refusal.get(), now));
            return;
        }
        Scene scene;
        try {
            scene = new Scene(cluster.look(command), identities.look(command));
        } catch (UnseenException e) {
            answer(delivery, answers.refused(command, blind(e), clock.instant()));
            return;
        }
        Optional<Refusal> objection = checks.ask(command, scene);
        if (objection.isPresent()) {
            answer(delivery, answers.refused(command, objection.get(), clock.instant()));
            return;
        }
        List<RemediationEvidence> saved = evidence.of(command, scene, clock.instant());
        RemediationIntent intent = intend(delivery, saved);
        end(delivery, intent, saved, carryOut(command));
    }

    private static Refusal blind(UnseenException e) {
        return Refusal.of(RemediationOutcome.VETOED, "G18 only-this-one", "this actor is blind: " + e.getMessage())
                .orElseThrow();
    }

    private RemediationIntent intend(Delivery delivery, List<RemediationEvidence> saved) {
        RemediationCommand command = delivery.command();
        Instant at = clock.instant().truncatedTo(ChronoUnit.MICROS);
        RemediationIntent intent = RemediationIntent.newBuilder()
                .setCommandId(command.getId())
                .setCluster(command.getCluster())
                .setAction(command.getAction())
                .setAttempt(command.getAttempt())
                .setNode(command.getNode())
                .setTarget(command.getTarget())
                .setActor(settings.name())
                .setPartition(delivery.partition())
                .setAt(at)
                .setExpiresAt(command.getExpiresAt())
                .build();
        RemediationResult accepted = answers.of(
                        command, RemediationOutcome.ACCEPTED, "everything is as the command says; it comes next", at)
                .setIntentAt(at)
                .setEvidence(saved.stream().map(EvidenceBag::reference).toList())
                .build();
        journal.intends(delivery, intent, saved, accepted);
        intents.learn(intent);
        told(accepted);
        return intent;
    }

    /** Writing the intent may have taken long: what has expired meanwhile is not done any more. */
    private Effect carryOut(RemediationCommand command) {
        Instant now = clock.instant();
        if (now.isAfter(command.getExpiresAt())) {
            return Effect.notDone("it was good until " + command.getExpiresAt() + ", and it is " + now);
        }
        return switch (command.getAction()) {
            case POKE_REGISTRAR ->
                cluster.annotate(
                        command.getTarget(), now.truncatedTo(ChronoUnit.SECONDS).toString());
            case RESTART_AGENT -> cluster.delete(command.getTarget());
            case RESTART_WORKLOAD -> cluster.evict(command.getTarget());
            case WAIT, NOTIFY, UNKNOWN -> throw new IllegalStateException(command.getAction() + " changes nothing");
        };
    }

    private void end(Delivery delivery, RemediationIntent intent, List<RemediationEvidence> saved, Effect effect) {
        RemediationOutcome outcome =
                switch (effect.certainty()) {
                    case DONE -> RemediationOutcome.EXECUTED;
                    case UNKNOWN -> RemediationOutcome.AMBIGUOUS;
                    case NOT_DONE -> effect.gone() ? RemediationOutcome.TARGET_GONE : RemediationOutcome.FAILED;
                };
        Instant at = clock.instant().truncatedTo(ChronoUnit.MICROS);
        String seen = outcome == RemediationOutcome.AMBIGUOUS ? ". " + aftermath.of(intent.getTarget()) : "";
        RemediationResult result = answers.of(delivery.command(), outcome, effect.detail() + seen, at)
                .setIntentAt(intent.getAt())
                .setExecutedAt(outcome == RemediationOutcome.EXECUTED ? at : null)
                .setEvidence(saved.stream().map(EvidenceBag::reference).toList())
                .build();
        RemediationIntent ended =
                RemediationIntent.newBuilder(intent).setResult(result).build();
        journal.ended(delivery, ended);
        intents.learn(ended);
        told(result);
    }

    private void answer(Delivery delivery, RemediationResult result) {
        journal.answered(delivery, result);
        told(result);
    }

    private static void told(RemediationResult result) {
        LOG.atInfo()
                .addKeyValue(COMMAND, result.getCommandId())
                .addKeyValue("action", result.getAction())
                .addKeyValue("node", result.getNode())
                .addKeyValue("outcome", result.getOutcome())
                .log("{}", result.getDetail());
    }
}
