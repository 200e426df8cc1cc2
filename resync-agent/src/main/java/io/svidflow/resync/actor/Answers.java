package io.svidflow.resync.actor;

import io.svidflow.event.RemediationCommand;
import io.svidflow.event.RemediationIntent;
import io.svidflow.event.RemediationOutcome;
import io.svidflow.event.RemediationResult;
import io.svidflow.resync.check.Refusal;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;

/** Words an actor's answers. */
final class Answers {

    private final String actor;

    Answers(String actor) {
        this.actor = actor;
    }

    RemediationResult refused(RemediationCommand command, Refusal refusal, Instant at) {
        return of(command, refusal.outcome(), refusal.because(), at)
                .setRefusal(refusal.decision())
                .build();
    }

    RemediationResult.Builder of(RemediationCommand command, RemediationOutcome outcome, String detail, Instant at) {
        return RemediationResult.newBuilder()
                .setCommandId(command.getId())
                .setCluster(command.getCluster())
                .setOutcome(outcome)
                .setAt(at.truncatedTo(ChronoUnit.MICROS))
                .setActor(actor)
                .setDetail(detail)
                .setAction(command.getAction())
                .setAttempt(command.getAttempt())
                .setNode(command.getNode())
                .setEvidence(List.of());
    }

    /** Somebody set out to do it, and is gone. */
    RemediationResult ambiguous(RemediationIntent intent, String seen, Instant at) {
        return RemediationResult.newBuilder()
                .setCommandId(intent.getCommandId())
                .setCluster(intent.getCluster())
                .setOutcome(RemediationOutcome.AMBIGUOUS)
                .setAt(at.truncatedTo(ChronoUnit.MICROS))
                .setActor(actor)
                .setDetail(intent.getActor() + " set out to do it at " + intent.getAt()
                        + " and ended before it said what came of it; it is not tried again. " + seen)
                .setAction(intent.getAction())
                .setAttempt(intent.getAttempt())
                .setNode(intent.getNode())
                .setIntentAt(intent.getAt())
                .setEvidence(List.of())
                .build();
    }
}
