package io.svidflow.remediation.guard;

import io.svidflow.diagnosis.ClusterView;
import io.svidflow.event.Finding;
import io.svidflow.event.NodeTransition;
import io.svidflow.event.RemediationAction;
import io.svidflow.remediation.Casebook;
import io.svidflow.remediation.HealthProofs;
import io.svidflow.remediation.Limits;
import io.svidflow.remediation.ModeRule;
import io.svidflow.remediation.Policy;
import io.svidflow.remediation.Proposal;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * May the proposal be carried out now?
 *
 * @param proofs what shows that the layers below work
 * @param rule how far svidflow may go with it; empty: nobody said
 * @param behind how far what is known lags behind the time of the day
 * @param now event time
 */
public record Question(
        Proposal proposal,
        Casebook casebook,
        Policy policy,
        HealthProofs proofs,
        Optional<ModeRule> rule,
        Duration behind,
        Instant now) {

    Finding finding() {
        return proposal.finding();
    }

    RemediationAction action() {
        return proposal.action();
    }

    boolean restartsAgent() {
        return action() == RemediationAction.RESTART_AGENT;
    }

    boolean restartsWorkload() {
        return action() == RemediationAction.RESTART_WORKLOAD;
    }

    /** The pod's node; null: nothing is known of it. */
    NodeTransition node() {
        return proposal.node();
    }

    ClusterView view() {
        return casebook.view();
    }

    Limits limits() {
        return policy.limits();
    }
}
