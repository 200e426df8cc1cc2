package io.svidflow.remediation;

import io.svidflow.event.Finding;
import io.svidflow.event.GuardDecision;
import io.svidflow.event.Prediction;
import io.svidflow.event.Remediation;
import io.svidflow.event.RemediationAction;
import io.svidflow.event.RemediationCommand;
import io.svidflow.event.RemediationControl;
import io.svidflow.event.RemediationState;
import io.svidflow.remediation.guard.Panel;
import io.svidflow.remediation.guard.Question;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.avro.specific.SpecificRecord;

/**
 * Climbs the ladder of each finding: waits while waiting is the remedy, proposes the next rung to the guards, issues what
 * they let pass, tells what they refuse, and tells a person where nothing else will help soon.
 */
final class Decider {

    /** A refusal that may pass is waited for; after this a person hears of the pod in any case. */
    private static final Duration PATIENCE = Duration.ofMinutes(5);
    /** Nobody approves what was suggested in another night. */
    private static final Duration SUGGESTION_LASTS = Duration.ofMinutes(30);

    private static final String TOLD = "told/";

    private final Casebook casebook;
    private final Policy policy;
    private final HealthProofs proofs;
    private final Controls controls;
    private final RefusalBook refusals;
    private final Commands commands;
    private final Budgets budgets;
    private final Latches latches;
    private final Rungs rungs;
    private final Panel panel = new Panel();
    private Duration behind = Duration.ZERO;

    Decider(Casebook casebook, Policy policy, HealthProofs proofs, Controls controls, RefusalBook refusals) {
        this.casebook = casebook;
        this.policy = policy;
        this.proofs = proofs;
        this.controls = controls;
        this.refusals = refusals;
        this.commands = new Commands(policy);
        this.budgets = new Budgets(casebook, policy);
        this.latches = new Latches(casebook);
        this.rungs = new Rungs(casebook);
    }

    void behind(Duration lag) {
        behind = lag;
    }

    List<SpecificRecord> consider(Finding finding, Instant now) {
        List<SpecificRecord> told = new ArrayList<>();
        Mode mode = controls.rule(finding, now).map(ModeRule::mode).orElse(Mode.OBSERVE);
        boolean waits = waits(finding, mode, now, told);
        Optional<Proposal> proposal = rungs.next(finding, null);
        boolean hope = proposal.isPresent() && propose(proposal.get(), mode, now, told);
        if (!waits && !hope) {
            tell(finding, mode, proposal, now, told);
        }
        return told;
    }

    /** Whether the pod's agent tries again by itself, and that is waited for. */
    private boolean waits(Finding finding, Mode mode, Instant now, List<SpecificRecord> told) {
        Prediction prediction = finding.getPrediction();
        String id = CommandId.of(finding, RemediationAction.WAIT);
        if (prediction != null
                && prediction.getNotAfter().isAfter(now)
                && !casebook.commands().containsKey(id)
                && Deeds.of(casebook).noneMatch(deed -> finding.getId().equals(deed.getFindingId()))) {
            issue(finding, commands.waiting(finding, casebook.view().node(finding.getNode()), mode, now), told);
        }
        return casebook.commands().containsKey(id);
    }

    /** Whether the proposal is on its way, waits for a person, or may pass soon. */
    private boolean propose(Proposal proposal, Mode mode, Instant now, List<SpecificRecord> told) {
        Finding finding = proposal.finding();
        if (casebook.commands().containsKey(proposal.commandId())) {
            return true;
        }
        if (rungs.tooSoon(proposal, now)) {
            return true;
        }
        Question question = question(proposal, now);
        List<GuardDecision> decisions = mode == Mode.SUGGEST ? panel.ask(question) : panel.untilRefused(question);
        latches.heard(decisions, proofs.lastTrouble(), now);
        List<GuardDecision> refused = refused(decisions);
        boolean onlyApprovalIsMissing = mode == Mode.SUGGEST && refused.size() == 1 && isMode(refused.get(0));
        if (refused.isEmpty() || onlyApprovalIsMissing) {
            act(proposal, decisions, mode, now, told);
            return true;
        }
        refuse(question, refused, mode, told);
        return mode != Mode.OBSERVE && now.isBefore(finding.getDetectedAt().plus(PATIENCE));
    }

    /** Who else objects is asked only when there is something to tell: a fault of many comes here often. */
    private void refuse(Question question, List<GuardDecision> refused, Mode mode, List<SpecificRecord> told) {
        if (mode == Mode.SUGGEST) {
            refused.removeIf(Decider::isMode);
        }
        if (refusals.news(question.proposal(), refused.get(0))) {
            List<GuardDecision> all = refused(panel.ask(question));
            if (mode == Mode.SUGGEST) {
                all.removeIf(Decider::isMode);
            }
            refusals.tell(question.proposal(), all, policy.words(mode), question.now())
                    .ifPresent(told::add);
        }
    }

    private Question question(Proposal proposal, Instant now) {
        return new Question(proposal, casebook, policy, proofs, controls.rule(proposal.finding(), now), behind, now);
    }

    private static List<GuardDecision> refused(List<GuardDecision> decisions) {
        return new ArrayList<>(
                decisions.stream().filter(decision -> !decision.getPassed()).toList());
    }

    private static boolean isMode(GuardDecision decision) {
        return decision.getGuard().startsWith("G1 ");
    }

    /** The budget is reserved by the record that is saved with the command: before anybody can act on it. */
    private void act(
            Proposal proposal, List<GuardDecision> decisions, Mode mode, Instant now, List<SpecificRecord> told) {
        boolean approved = mode == Mode.ACT || proposal.approvedBy() != null;
        RemediationCommand command = commands.acting(
                proposal,
                decisions,
                budgets.next(proposal.action(), now).orElse(null),
                approved ? Mode.ACT : mode,
                rungs.attempt(proposal),
                now);
        if (approved) {
            supersede(proposal.finding(), now, told);
            issue(proposal.finding(), command, told);
            return;
        }
        RemediationCommand suggestion = RemediationCommand.newBuilder(command)
                .setExpiresAt(now.plus(SUGGESTION_LASTS))
                .setBudget(null)
                .build();
        Remediation awaiting =
                RemediationLedger.opened(suggestion, proposal.finding().getOwner(), RemediationState.AWAITING_APPROVAL);
        casebook.remediation(suggestion.getId(), suggestion, awaiting);
        told.add(awaiting);
    }

    /** A wait and a word to a person are over where something is done. */
    private void supersede(Finding finding, Instant now, List<SpecificRecord> told) {
        for (RemediationAction gentler : List.of(RemediationAction.WAIT, RemediationAction.NOTIFY)) {
            String id = CommandId.of(finding, gentler);
            if (casebook.commands().containsKey(id)) {
                told.add(RemediationLedger.end(
                        casebook.remediations().get(id),
                        RemediationState.SUPERSEDED,
                        now,
                        "a stronger remedy was chosen"));
                casebook.remediation(id, null, null);
            }
        }
    }

    private void issue(Finding finding, RemediationCommand command, List<SpecificRecord> told) {
        Remediation opened = RemediationLedger.opened(command, finding.getOwner(), RemediationState.OPEN);
        casebook.remediation(command.getId(), command, opened);
        told.add(command);
        told.add(opened);
    }

    /** Once for each episode and cause. */
    private void tell(Finding finding, Mode mode, Optional<Proposal> proposal, Instant now, List<SpecificRecord> told) {
        String about = TOLD + finding.getId() + "/" + finding.getCause();
        String id = CommandId.of(finding, RemediationAction.NOTIFY);
        if (casebook.instant(about) != null || casebook.commands().containsKey(id)) {
            return;
        }
        casebook.instant(about, now);
        String instead = proposal.map(p -> mode == Mode.OBSERVE
                        ? "; with mode act, svidflow could " + p.words()
                        : "; svidflow has not been able to " + p.words())
                .orElse("");
        issue(finding, commands.telling(finding, casebook.view().node(finding.getNode()), mode, instead, now), told);
    }

    /** A person approves: what was suggested is asked about again, because much may have changed since (G8). */
    List<SpecificRecord> approved(RemediationControl wish, Instant now) {
        List<SpecificRecord> told = new ArrayList<>();
        Remediation waiting = casebook.remediations().get(wish.getCommandId());
        if (waiting == null || waiting.getState() != RemediationState.AWAITING_APPROVAL) {
            return told;
        }
        Optional<Proposal> proposal = casebook.findings().stream()
                .filter(finding -> finding.getId().equals(waiting.getFindingId()))
                .findFirst()
                .flatMap(finding -> rungs.next(finding, wish.getOperator()))
                .filter(same -> same.commandId().equals(wish.getCommandId()));
        if (proposal.isEmpty()) {
            return told;
        }
        List<GuardDecision> decisions = panel.ask(question(proposal.get(), now));
        List<GuardDecision> refused = refused(decisions);
        if (refused.isEmpty()) {
            act(proposal.get(), decisions, Mode.SUGGEST, now, told);
        } else {
            refusals.forget(proposal.get().finding()); // who approves hears why not, whatever was told before
            refusals.tell(proposal.get(), refused, policy.words(Mode.SUGGEST), now)
                    .ifPresent(told::add);
        }
        return told;
    }

    void forget(Finding closed) {
        List.copyOf(casebook.instants(TOLD + closed.getId() + "/").keySet())
                .forEach(about -> casebook.instant(about, null));
    }
}
