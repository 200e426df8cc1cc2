package io.svidflow.remediation;

import io.svidflow.event.Finding;
import io.svidflow.event.Remediation;
import io.svidflow.event.RemediationAction;
import io.svidflow.event.RemediationCommand;
import io.svidflow.event.RemediationControl;
import io.svidflow.event.RemediationOutcome;
import io.svidflow.event.RemediationResult;
import io.svidflow.event.RemediationRun;
import io.svidflow.event.RemediationState;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.avro.specific.SpecificRecord;

/** What came of what was issued: answers, recoveries, promises kept and broken. */
final class Followup {

    /** An answer may come this long after a command has expired. */
    private static final Duration ANSWER = Duration.ofSeconds(60);
    /** A day more than the longest that a guard looks back. */
    private static final Duration REMEMBERED = Duration.ofDays(8);

    private final Casebook casebook;
    private final Policy policy;
    private final Latches latches;

    Followup(Casebook casebook, Policy policy) {
        this.casebook = casebook;
        this.policy = policy;
        this.latches = new Latches(casebook);
    }

    /** An actor answered. */
    List<SpecificRecord> answered(RemediationResult result) {
        Remediation open = casebook.remediations().get(result.getCommandId());
        if (open == null) {
            return late(result);
        }
        if (open.getState() == RemediationState.AWAITING_APPROVAL) {
            return List.of(); // nobody was asked to carry it out yet
        }
        Remediation answered =
                RemediationLedger.answered(open, result, policy.limits().verification());
        boolean known =
                answered.getState() != RemediationState.OPEN && answered.getState() != RemediationState.AMBIGUOUS;
        if (known && answered.getRecoveredAt() != null) {
            answered = RemediationLedger.closedByRecovery(answered, result.getAt());
        }
        if (answered.getState() == RemediationState.EXECUTED) {
            Promise.made(answered, casebook);
        }
        return List.of(answered.getClosedAt() == null ? keep(answered) : end(answered));
    }

    /** What nobody here knows any more was still done, and counts against the budgets. */
    private List<SpecificRecord> late(RemediationResult result) {
        if (result.getOutcome() != RemediationOutcome.EXECUTED || !Ladder.mutates(result.getAction())) {
            return List.of();
        }
        Remediation past = casebook.past().get(result.getCommandId());
        if (past != null && past.getExecutedAt() != null) {
            return List.of(); // told before
        }
        Remediation.Builder known = past != null
                ? Remediation.newBuilder(past)
                : Remediation.newBuilder()
                        .setCommandId(result.getCommandId())
                        .setCluster(result.getCluster())
                        .setAction(result.getAction())
                        .setCause("UNKNOWN")
                        .setNode(result.getNode())
                        .setOpenedAt(result.getAt())
                        .setMode(Mode.ACT.text());
        Remediation done = Steps.to(
                        known.setAnsweredAt(result.getAt())
                                .setExecutedAt(result.getExecutedAt() == null ? result.getAt() : result.getExecutedAt())
                                .setClosedAt(result.getAt()),
                        RemediationState.FAILED,
                        result.getAt(),
                        result.getActor(),
                        result.getActor() + " carried it out when nobody waited for it any more: " + result.getDetail())
                .build();
        casebook.past(done.getCommandId(), done);
        return List.of(done);
    }

    /** A finding is over. */
    List<SpecificRecord> closed(Finding closed, Instant now) {
        List<SpecificRecord> told = new ArrayList<>();
        for (RemediationCommand command : List.copyOf(casebook.commands().values())) {
            if (closed.getId().equals(command.getFindingId())) {
                closed(casebook.remediations().get(command.getId()), closed, now)
                        .ifPresent(told::add);
            }
        }
        return told;
    }

    private Optional<Remediation> closed(Remediation open, Finding finding, Instant now) {
        boolean recovered = finding.getRecoveredAt() != null;
        boolean mayBeDone = Ladder.mutates(open.getAction()) && open.getState() != RemediationState.AWAITING_APPROVAL;
        Remediation then = recovered ? RemediationLedger.recovered(open, finding) : open;
        if (mayBeDone && open.getState() == RemediationState.OPEN) {
            return Optional.of(keep(then)); // whether it was done is not known yet
        }
        if (recovered) {
            return Optional.of(end(RemediationLedger.closedByRecovery(then, now)));
        }
        return open.getAction() == RemediationAction.RESTART_WORKLOAD && mayBeDone
                ? Optional.empty() // that the pod goes was the point
                : Optional.of(end(RemediationLedger.targetGone(open, now)));
    }

    /** Time has passed. */
    List<SpecificRecord> review(Instant now) {
        List<SpecificRecord> told = new ArrayList<>();
        for (RemediationCommand command : List.copyOf(casebook.commands().values())) {
            Remediation open = casebook.remediations().get(command.getId());
            review(open, command, now).map(this::end).ifPresent(told::add);
        }
        List.copyOf(casebook.past().values()).stream()
                .filter(past -> past.getState() != RemediationState.AMBIGUOUS)
                .filter(past -> past.getClosedAt().plus(REMEMBERED).isBefore(now))
                .forEach(past -> casebook.past(past.getCommandId(), null));
        return told;
    }

    private Optional<Remediation> review(Remediation open, RemediationCommand command, Instant now) {
        if (open.getState() == RemediationState.EXECUTED) {
            Optional<Remediation> kept = Promise.kept(open, casebook, now);
            return kept.isPresent() || !now.isAfter(open.getVerifyUntil())
                    ? kept
                    : Optional.of(RemediationLedger.end(
                            open,
                            RemediationState.FAILED,
                            now,
                            "it was carried out, and by " + open.getVerifyUntil() + " it had not helped"));
        }
        boolean asked = Ladder.mutates(open.getAction()) && open.getState() == RemediationState.OPEN;
        boolean live = policy.run() == RemediationRun.LIVE;
        Instant until = asked && live ? command.getExpiresAt().plus(ANSWER) : command.getExpiresAt();
        if (!now.isAfter(until)) {
            return Optional.empty();
        }
        if (asked && open.getAnsweredAt() != null) {
            return Optional.of(RemediationLedger.end(
                    open, RemediationState.AMBIGUOUS, now, "an actor set out to do it and never said what came of it"));
        }
        if (open.getRecoveredAt() != null) {
            return Optional.of(RemediationLedger.closedByRecovery(open, now));
        }
        String why = asked ? "no actor answered in time" : "no identity in time";
        return Optional.of(RemediationLedger.end(open, RemediationState.EXPIRED, now, why));
    }

    /** A person rejects what was suggested. */
    List<SpecificRecord> rejected(RemediationControl wish, Instant now) {
        Remediation waiting = casebook.remediations().get(wish.getCommandId());
        if (waiting == null || waiting.getState() != RemediationState.AWAITING_APPROVAL) {
            return List.of();
        }
        Remediation.Builder rejected =
                Remediation.newBuilder(waiting).setOperator(wish.getOperator()).setClosedAt(now);
        return List.of(end(Steps.to(rejected, RemediationState.REJECTED, now, wish.getOperator(), wish.getReason())
                .build()));
    }

    private Remediation keep(Remediation open) {
        casebook.remediation(open.getCommandId(), casebook.commands().get(open.getCommandId()), open);
        return open;
    }

    private Remediation end(Remediation closed) {
        casebook.remediation(closed.getCommandId(), null, null);
        Promise.over(closed, casebook);
        if (Ladder.mutates(closed.getAction())) {
            casebook.past(closed.getCommandId(), closed);
            latches.ended(closed.getClosedAt());
        }
        return closed;
    }
}
