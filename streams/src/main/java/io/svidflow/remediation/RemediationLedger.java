package io.svidflow.remediation;

import io.svidflow.event.Finding;
import io.svidflow.event.ProofGrade;
import io.svidflow.event.Remediation;
import io.svidflow.event.RemediationCommand;
import io.svidflow.event.RemediationResult;
import io.svidflow.event.RemediationState;
import java.time.Instant;

/** Follows a command to its end. Pure. */
public final class RemediationLedger {

    private RemediationLedger() {}

    /** A command has been issued. */
    public static Remediation opened(RemediationCommand command) {
        return Remediation.newBuilder()
                .setCommandId(command.getId())
                .setCluster(command.getCluster())
                .setAction(command.getAction())
                .setCause(command.getCause())
                .setPodUid(command.getPodUid())
                .setState(RemediationState.OPEN)
                .setOpenedAt(command.getIssuedAt())
                .setAnsweredAt(null)
                .setClosedAt(null)
                .setProof(null)
                .setDetail(command.getReason())
                .build();
    }

    /** The actor answered. */
    public static Remediation answered(Remediation open, RemediationResult result) {
        RemediationState state =
                switch (result.getOutcome()) {
                    case EXPIRED -> RemediationState.EXPIRED;
                    case TARGET_GONE -> RemediationState.TARGET_GONE;
                    case EXECUTED -> RemediationState.EXECUTED;
                    case REFUSED -> RemediationState.REFUSED;
                    case VETOED -> RemediationState.VETOED;
                    case FAILED -> RemediationState.FAILED;
                    case AMBIGUOUS -> RemediationState.AMBIGUOUS;
                    case SUPERSEDED -> RemediationState.SUPERSEDED;
                    case OBSERVED, ACCEPTED, UNKNOWN -> RemediationState.OPEN;
                };
        boolean over = state != RemediationState.OPEN && state != RemediationState.EXECUTED;
        return Remediation.newBuilder(open)
                .setState(state)
                .setAnsweredAt(result.getAt())
                .setClosedAt(over ? result.getAt() : null)
                .setDetail(result.getActor() + ": " + result.getDetail())
                .build();
    }

    /** The same pod UID obtained an SVID: the only success there is. */
    public static Remediation succeeded(Remediation open, Finding finding, Instant at) {
        ProofGrade proof = finding.getProof();
        return Remediation.newBuilder(open)
                .setState(RemediationState.SUCCEEDED)
                .setClosedAt(at)
                .setProof(proof)
                .setDetail("pod " + finding.getNamespace() + "/" + finding.getPod() + " obtained its SVID (proof: "
                        + proof + ")")
                .build();
    }

    /** The pod is gone. */
    public static Remediation targetGone(Remediation open, Instant at) {
        return Remediation.newBuilder(open)
                .setState(RemediationState.TARGET_GONE)
                .setClosedAt(at)
                .setDetail("the pod is gone")
                .build();
    }

    /** Its time is over and the pod has no identity yet. */
    public static Remediation expired(Remediation open, Instant at) {
        return Remediation.newBuilder(open)
                .setState(RemediationState.EXPIRED)
                .setClosedAt(at)
                .setDetail("no identity in time")
                .build();
    }
}
