package io.svidflow.identity;

import java.time.Instant;

/**
 * The agent's own identity: its node attestation.
 *
 * @param attestedAt last node attestation that is known to have succeeded, or first listing of the agent
 * @param bannedAt since when the agent is banned; null: it is not
 * @param evictedAt since when the server does not know the agent; null once it attested again
 * @param failingSince first node attestation that failed since the last success; null: none
 */
public record AgentIdentity(
        String agentId,
        Instant attestedAt,
        Instant bannedAt,
        Instant evictedAt,
        Instant failingSince,
        String lastError,
        Instant listedAt,
        Boolean canReattest,
        String ref) {

    static final AgentIdentity UNKNOWN = new AgentIdentity(null, null, null, null, null, null, null, null, null);

    AgentIdentity named(String id) {
        return id == null || id.equals(agentId)
                ? this
                : new AgentIdentity(
                        id, attestedAt, bannedAt, evictedAt, failingSince, lastError, listedAt, canReattest, ref);
    }

    AgentIdentity attested(Instant at, String fact) {
        return new AgentIdentity(
                agentId,
                Times.latest(attestedAt, at),
                Times.reached(bannedAt, at) ? bannedAt : null,
                Times.reached(evictedAt, at) ? evictedAt : null,
                Times.reached(failingSince, at) ? failingSince : null,
                lastError,
                listedAt,
                canReattest,
                fact);
    }

    AgentIdentity listed(Instant at, boolean banned, boolean reattestable, String fact) {
        boolean newer = Times.reached(at, listedAt);
        if (!newer) {
            return this;
        }
        Instant ban = banned ? (bannedAt == null ? at : bannedAt) : null;
        return new AgentIdentity(
                agentId,
                attestedAt == null && !banned ? at : attestedAt,
                ban,
                null,
                failingSince,
                lastError,
                at,
                reattestable,
                fact);
    }

    AgentIdentity banned(Instant at, String fact) {
        return bannedAt != null
                ? this
                : new AgentIdentity(
                        agentId, attestedAt, at, evictedAt, failingSince, lastError, listedAt, canReattest, fact);
    }

    AgentIdentity evicted(Instant at, String fact) {
        return evictedAt != null || (attestedAt != null && attestedAt.isAfter(at))
                ? this
                : new AgentIdentity(
                        agentId, attestedAt, bannedAt, at, failingSince, lastError, listedAt, canReattest, fact);
    }

    AgentIdentity failed(Instant at, String error, String fact) {
        if (attestedAt != null && attestedAt.isAfter(at)) {
            return this;
        }
        return new AgentIdentity(
                agentId,
                attestedAt,
                bannedAt,
                evictedAt,
                Times.earliest(failingSince, at),
                error,
                listedAt,
                canReattest,
                fact);
    }
}
