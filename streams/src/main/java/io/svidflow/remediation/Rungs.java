package io.svidflow.remediation;

import io.svidflow.event.Finding;
import io.svidflow.event.Remediation;
import io.svidflow.event.RemediationAction;
import io.svidflow.event.RemediationState;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** Which rung of its ladder a finding has come to, and how often it has been tried. */
final class Rungs {

    private static final Duration AGAIN = Duration.ofSeconds(60);
    private static final int ATTEMPTS = 3;

    private final Casebook casebook;

    Rungs(Casebook casebook) {
        this.casebook = casebook;
    }

    /** The first rung that would change something and has not been tried to its end. */
    Optional<Proposal> next(Finding finding, String approvedBy) {
        List<RemediationAction> ladder = Ladder.of(finding);
        return ladder.stream()
                .filter(Ladder::mutates)
                .filter(action -> !exhausted(CommandId.of(finding, action)))
                .findFirst()
                .map(action -> new Proposal(
                        finding,
                        action,
                        ladder.indexOf(action),
                        casebook.view().node(finding.getNode()),
                        casebook.pod(finding.getPodUid()),
                        approvedBy));
    }

    private boolean exhausted(String commandId) {
        Remediation past = casebook.past().get(commandId);
        return past != null
                && (Deeds.counts(past)
                        || past.getState() == RemediationState.REJECTED
                        || past.getState() == RemediationState.EXPIRED
                        || past.getAttempt() >= ATTEMPTS);
    }

    /** Which attempt the next one is, from 1. */
    int attempt(Proposal proposal) {
        Remediation before = casebook.past().get(proposal.commandId());
        return before == null ? 1 : before.getAttempt() + 1;
    }

    /** Whether the last attempt ended only a moment ago. */
    boolean tooSoon(Proposal proposal, Instant now) {
        Remediation before = casebook.past().get(proposal.commandId());
        return before != null && now.isBefore(before.getClosedAt().plus(AGAIN));
    }
}
