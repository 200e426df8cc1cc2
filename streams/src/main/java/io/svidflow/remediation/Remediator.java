package io.svidflow.remediation;

import io.svidflow.event.ComponentTransition;
import io.svidflow.event.Finding;
import io.svidflow.event.NodeTransition;
import io.svidflow.event.RemediationControl;
import io.svidflow.event.RemediationResult;
import io.svidflow.event.ServerEvent;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.apache.avro.specific.SpecificRecord;

/**
 * What is done about pods without identity, in one cluster: asks the guards, issues commands, follows them to their end and
 * does what operators want. Pure but for its {@link Casebook}. What it returns is told: commands, remediations, refusals.
 */
public final class Remediator {

    private final Casebook casebook;
    private final HealthProofs proofs;
    private final Controls controls;
    private final Decider decider;
    private final Followup followup;
    private final RefusalBook refusals;

    public Remediator(Casebook casebook, Policy policy) {
        this.casebook = casebook;
        this.proofs = new HealthProofs(casebook);
        this.controls = new Controls(casebook, policy);
        this.refusals = new RefusalBook(casebook);
        this.decider = new Decider(casebook, policy, proofs, controls, refusals);
        this.followup = new Followup(casebook, policy);
    }

    /** A fact about the server. */
    public void saw(ServerEvent event) {
        proofs.saw(event);
    }

    /** A pod of server or datastore changed. */
    public void saw(ComponentTransition component, Instant at) {
        proofs.saw(component, at);
    }

    /** A node or its agent changed. */
    public void saw(NodeTransition node) {
        proofs.saw(node);
    }

    /** The agent of a node synchronised, which is no news otherwise. */
    public void synchronised(String node, Instant at) {
        proofs.synchronised(node, at);
    }

    /** How far what is known lags behind the time of the day. */
    public void behind(Duration lag) {
        decider.behind(lag);
    }

    /** A second has passed. */
    public void tick(Instant now) {
        proofs.look(now);
    }

    /** A finding was opened or revised, or is looked at again. */
    public List<SpecificRecord> consider(Finding finding, Instant now) {
        return decider.consider(finding, now);
    }

    /** Some seconds have passed: what has come of what was done, and what may be done now. */
    public List<SpecificRecord> review(Instant now) {
        List<SpecificRecord> told = new ArrayList<>(followup.review(now));
        controls.forget(now);
        for (Finding finding : List.copyOf(casebook.findings())) {
            told.addAll(decider.consider(finding, now));
        }
        return told;
    }

    /** A finding is over: its pod has its identity, or is gone. */
    public List<SpecificRecord> closed(Finding closed, Instant now) {
        refusals.forget(closed);
        decider.forget(closed);
        return followup.closed(closed, now);
    }

    /** An actor answered a command. */
    public List<SpecificRecord> answered(RemediationResult result) {
        return followup.answered(result);
    }

    /** An operator wants something. */
    public List<SpecificRecord> wished(RemediationControl wish, Instant now) {
        return switch (wish.getKind()) {
            case APPROVE -> decider.approved(wish, now);
            case REJECT -> followup.rejected(wish, now);
            case PAUSE, RESUME, SET_MODE, INIT_BUDGET, RESET, CONFIRM, UNKNOWN -> {
                controls.apply(wish);
                yield List.of();
            }
        };
    }
}
