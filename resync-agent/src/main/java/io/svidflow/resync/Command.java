package io.svidflow.resync;

import io.svidflow.event.RemediationAction;
import io.svidflow.event.RemediationCommand;
import java.time.Instant;
import java.util.Objects;

/**
 * One attempt of a remediation command: what has to be checked before it is answered.
 *
 * @param action what is to be done; {@code UNKNOWN} for one of a newer release
 * @param namespace namespace of the target pod; null where a node is meant
 * @param pod name of the target pod; null where a node is meant
 * @param podUid UID of the target pod; null where a node is meant
 * @param node the target's node
 * @param bootId precondition: the boot that the node must be in; null: any
 * @param agentPodUid precondition: the SPIRE agent's pod that must be on the node; null: any
 * @param issuedAt event time of the decision
 * @param notBefore earliest time for an answer
 * @param expiresAt refuse afterwards
 */
record Command(
        String id,
        String cluster,
        String action,
        String namespace,
        String pod,
        String podUid,
        String node,
        String bootId,
        String agentPodUid,
        Instant issuedAt,
        Instant notBefore,
        Instant expiresAt) {

    private static final String REPLAY = "replay";

    Command {
        Objects.requireNonNull(id, "id");
        Objects.requireNonNull(cluster, "cluster");
        if (expiresAt.isBefore(issuedAt)) {
            throw new IllegalArgumentException(
                    "command " + id + " expires at " + expiresAt + ", before it was issued at " + issuedAt);
        }
    }

    /** @throws IllegalArgumentException if the command is not meant for an actor, or contradicts itself */
    static Command of(RemediationCommand command) {
        if (REPLAY.equals(command.getMode())) {
            throw new IllegalArgumentException("command " + command.getId()
                    + " has mode replay, which no actor may answer: replay writes to no broker that actors read from");
        }
        return new Command(
                command.getId(),
                command.getCluster(),
                command.getAction().name(),
                command.getNamespace(),
                command.getPod(),
                command.getPodUid(),
                command.getNode(),
                command.getBootId(),
                command.getAgentPodUid(),
                command.getIssuedAt(),
                command.getNotBefore(),
                command.getExpiresAt());
    }

    /** Whether this release knows what to do. */
    boolean known() {
        return !RemediationAction.UNKNOWN.name().equals(action);
    }

    /** Whether it changes nothing in the cluster. */
    boolean harmless() {
        return RemediationAction.WAIT.name().equals(action)
                || RemediationAction.NOTIFY.name().equals(action);
    }

    /** Whether the time for an answer has come: whoever answers must know at least what the decision was based on. */
    boolean due(Instant now) {
        return !now.isBefore(issuedAt) && !now.isBefore(notBefore);
    }

    /** Tells attempts apart: the id is the same for all attempts of a command. */
    String attempt() {
        return id + '\n' + issuedAt;
    }
}
