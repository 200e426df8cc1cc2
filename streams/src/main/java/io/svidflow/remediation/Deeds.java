package io.svidflow.remediation;

import io.svidflow.event.Remediation;
import io.svidflow.event.RemediationAction;
import io.svidflow.event.RemediationState;
import java.time.Instant;
import java.util.Set;
import java.util.stream.Stream;

/**
 * What svidflow has done, or may have done, to a cluster. What was issued counts until an actor has said that it was not
 * carried out: a doubt never gives back what was reserved (G10).
 */
public final class Deeds {

    private static final Set<RemediationState> IN_FLIGHT = Set.of(RemediationState.OPEN, RemediationState.EXECUTED);
    private static final Set<RemediationState> NOT_DONE = Set.of(
            RemediationState.AWAITING_APPROVAL,
            RemediationState.REJECTED,
            RemediationState.REFUSED,
            RemediationState.VETOED,
            RemediationState.TARGET_GONE,
            RemediationState.SUPERSEDED);

    /** Not done, if an actor has said so. */
    private static final Set<RemediationState> SAID_NOT =
            Set.of(RemediationState.EXPIRED, RemediationState.FAILED, RemediationState.RECOVERED_WITHOUT_US);

    private Deeds() {}

    /** All that counts, in flight or over. */
    public static Stream<Remediation> of(Casebook casebook) {
        return Stream.concat(casebook.remediations().values().stream(), casebook.past().values().stream())
                .filter(Deeds::counts);
    }

    /** Those that are on their way, or whose effect is not proven yet. */
    public static Stream<Remediation> inFlight(Casebook casebook) {
        return casebook.remediations().values().stream()
                .filter(Deeds::counts)
                .filter(remediation -> IN_FLIGHT.contains(remediation.getState()));
    }

    /** Whether the remediation has changed something, or may have. */
    static boolean counts(Remediation remediation) {
        boolean neverSent = remediation.getMode().equals(Mode.SUGGEST.text());
        if (!Ladder.mutates(remediation.getAction()) || neverSent) {
            return false;
        }
        boolean provenNot = remediation.getExecutedAt() == null
                && (NOT_DONE.contains(remediation.getState())
                        || (remediation.getAnsweredAt() != null && SAID_NOT.contains(remediation.getState())));
        return !provenNot;
    }

    /** When it was done, as far as known; otherwise when it was wished for. */
    public static Instant at(Remediation remediation) {
        return remediation.getExecutedAt() == null ? remediation.getOpenedAt() : remediation.getExecutedAt();
    }

    /** Whom a remediation concerns, for budgets and chronic trouble. */
    public static String subject(Remediation remediation) {
        String name = remediation.getOwner() == null ? remediation.getPod() : remediation.getOwner();
        return subject(remediation.getAction(), remediation.getNode(), remediation.getNamespace(), name);
    }

    /** The node for its agent, the pods of one owner for the rest. */
    static String subject(RemediationAction action, String node, String namespace, String ownerOrPod) {
        return action == RemediationAction.RESTART_AGENT ? "node " + node : "pods of " + namespace + "/" + ownerOrPod;
    }
}
