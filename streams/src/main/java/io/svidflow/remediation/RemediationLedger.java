package io.svidflow.remediation;

import io.svidflow.event.Finding;
import io.svidflow.event.Prediction;
import io.svidflow.event.ProofGrade;
import io.svidflow.event.Remediation;
import io.svidflow.event.RemediationAction;
import io.svidflow.event.RemediationCommand;
import io.svidflow.event.RemediationOutcome;
import io.svidflow.event.RemediationResult;
import io.svidflow.event.RemediationState;
import java.time.Duration;
import java.time.Instant;

/** Follows a command to its end. What svidflow did not do it never claims (G17). Pure. */
public final class RemediationLedger {

    private RemediationLedger() {}

    /** A command has been issued, or waits for a person to approve it. */
    static Remediation opened(RemediationCommand command, String owner, RemediationState state) {
        Prediction prediction = command.getPrediction();
        Remediation.Builder opened = Remediation.newBuilder()
                .setCommandId(command.getId())
                .setCluster(command.getCluster())
                .setAction(command.getAction())
                .setCause(command.getCause())
                .setPodUid(command.getPodUid())
                .setNamespace(command.getNamespace())
                .setPod(command.getPod())
                .setOwner(owner)
                .setNode(command.getNode())
                .setFindingId(command.getFindingId())
                .setIncidentId(command.getIncidentId())
                .setTarget(command.getTarget())
                .setMode(command.getMode())
                .setRung(command.getRung())
                .setAttempt(command.getAttempt())
                .setGuards(command.getGuards())
                .setWithoutUsBy(prediction == null ? null : prediction.getNotAfter())
                .setOperator(command.getApprovedBy())
                .setOpenedAt(command.getIssuedAt());
        String by = command.getApprovedBy() == null ? Steps.SVIDFLOW : command.getApprovedBy();
        return Steps.to(opened, state, command.getIssuedAt(), by, command.getReason())
                .build();
    }

    /**
     * The actor answered.
     *
     * @param verification within which time an effect must show
     */
    static Remediation answered(Remediation open, RemediationResult result, Duration verification) {
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
        boolean executed = result.getOutcome() == RemediationOutcome.EXECUTED;
        Instant executedAt = result.getExecutedAt() == null ? result.getAt() : result.getExecutedAt();
        Remediation.Builder answered =
                Remediation.newBuilder(open).setAnsweredAt(result.getAt()).setClosedAt(over ? result.getAt() : null);
        if (executed) {
            answered.setExecutedAt(executedAt).setVerifyUntil(executedAt.plus(verification));
        }
        Remediation.Builder after = Steps.to(
                answered, state, result.getAt(), result.getActor(), result.getActor() + ": " + result.getDetail());
        // that somebody has read it is no news; what it is about still counts
        return state == RemediationState.OPEN
                ? after.setDetail(open.getDetail()).build()
                : after.build();
    }

    /** The pod has its identity: whose merit that is shows when it is known whether anything was done. */
    static Remediation recovered(Remediation open, Finding finding) {
        return Remediation.newBuilder(open)
                .setRecoveredAt(finding.getRecoveredAt())
                .setProof(finding.getProof())
                .build();
    }

    /** The pod has its identity, and whether anything was done is known. */
    static Remediation closedByRecovery(Remediation recovered, Instant at) {
        ProofGrade proof = recovered.getProof();
        Instant then = recovered.getRecoveredAt();
        boolean ours = recovered.getExecutedAt() != null && then.isAfter(recovered.getExecutedAt());
        String pod = "pod " + recovered.getNamespace() + "/" + recovered.getPod() + " obtained its SVID at " + then
                + " (proof: " + proof + ")";
        if (!ours) {
            String why = recovered.getExecutedAt() != null
                    ? ", before anything was done"
                    : recovered.getAction() == RemediationAction.WAIT ? ", as it was waited for" : "; nothing was done";
            return end(recovered, RemediationState.RECOVERED_WITHOUT_US, at, pod + why);
        }
        Duration saved = recovered.getWithoutUsBy() == null ? null : Duration.between(then, recovered.getWithoutUsBy());
        boolean earlier = saved != null && !saved.isNegative();
        String gain = earlier ? ", up to " + saved.toSeconds() + " s earlier than by itself" : "";
        return Remediation.newBuilder(end(recovered, RemediationState.SUCCEEDED, at, pod + gain))
                .setSavedSeconds(earlier ? saved.toSeconds() : null)
                .build();
    }

    /** What the rung promised has come true, although this pod's own identity cannot show it. */
    static Remediation kept(Remediation executed, Instant at, ProofGrade proof, String promise) {
        return Remediation.newBuilder(end(executed, RemediationState.SUCCEEDED, at, promise))
                .setProof(proof)
                .build();
    }

    /** The pod is gone. */
    static Remediation targetGone(Remediation open, Instant at) {
        return end(open, RemediationState.TARGET_GONE, at, "the pod is gone");
    }

    /** It is over in this way. */
    static Remediation end(Remediation open, RemediationState state, Instant at, String detail) {
        return Steps.to(Remediation.newBuilder(open), state, at, Steps.SVIDFLOW, detail)
                .setClosedAt(at)
                .build();
    }
}
