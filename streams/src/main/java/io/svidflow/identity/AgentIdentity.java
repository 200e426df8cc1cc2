package io.svidflow.identity;

import io.svidflow.event.AgentListed;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * The agent's own identity: its node attestation and its SVID.
 *
 * @param attestedAt last node attestation that is known to have succeeded, or first listing of the agent
 * @param bannedAt since when the agent is banned; null: it is not
 * @param evictedAt since when the server does not know the agent; null once it attested again
 * @param deletedAt when somebody deleted the agent by command; null: nobody is known to have
 * @param failingSince first node attestation that failed since the last success; null: none
 * @param canReattest whether it may attest again with the same kind of proof; null: not known
 * @param former what agents of the node were called before, the latest last; the last few
 */
public record AgentIdentity(
        String agentId,
        Instant attestedAt,
        Instant bannedAt,
        Instant evictedAt,
        Instant deletedAt,
        Instant failingSince,
        String lastError,
        Instant listedAt,
        Boolean canReattest,
        AgentSvid svid,
        String ref,
        List<String> former) {

    /** A node is registered anew now and then; entries lag behind by one name, rarely by two. */
    private static final int REMEMBERED = 3;

    static final AgentIdentity UNKNOWN =
            new AgentIdentity(null, null, null, null, null, null, null, null, null, AgentSvid.UNKNOWN, null, List.of());

    /** The agent's clock and the server's may differ by that much. */
    private static final Duration SKEW = Duration.ofSeconds(10);

    public AgentIdentity {
        svid = svid == null ? AgentSvid.UNKNOWN : svid;
        former = former == null ? List.of() : List.copyOf(former);
    }

    AgentIdentity named(String id) {
        return id == null || id.equals(agentId)
                ? this
                : new AgentIdentity(
                        id,
                        attestedAt,
                        bannedAt,
                        evictedAt,
                        deletedAt,
                        failingSince,
                        lastError,
                        listedAt,
                        canReattest,
                        svid,
                        ref,
                        formerly(id));
    }

    AgentIdentity attested(Instant at, String fact) {
        return new AgentIdentity(
                agentId,
                Times.latest(attestedAt, at),
                Times.reached(bannedAt, at) ? bannedAt : null,
                Times.reached(evictedAt, at) ? evictedAt : null,
                Times.reached(deletedAt, at) ? deletedAt : null,
                Times.reached(failingSince, at) ? failingSince : null,
                lastError,
                listedAt,
                canReattest,
                svid,
                fact,
                former);
    }

    /** The server lists the agent. The row of an identity that the node had before says nothing about the present one. */
    AgentIdentity listed(AgentListed row, Instant at, String fact) {
        if (!Times.reached(at, listedAt) || former(row)) {
            return this;
        }
        Instant ban = row.getBanned() ? (bannedAt == null ? at : bannedAt) : null;
        return new AgentIdentity(
                row.getAgentId(),
                attestedAt == null && !row.getBanned() ? at : attestedAt,
                ban,
                null,
                null,
                failingSince,
                lastError,
                at,
                row.getCanReattest(),
                svid.told(row.getExpiresAt(), at),
                fact,
                formerly(row.getAgentId()));
    }

    /** The server no longer lists the agent. */
    AgentIdentity unlisted(AgentListed row, Instant at, String fact) {
        return agentId != null && !agentId.equals(row.getAgentId())
                ? this
                : named(row.getAgentId()).evicted(at, fact);
    }

    private List<String> formerly(String id) {
        if (agentId == null || agentId.equals(id)) {
            return former;
        }
        List<String> ids = new ArrayList<>(former);
        ids.remove(agentId);
        ids.remove(id);
        ids.add(agentId);
        return ids.subList(Math.max(0, ids.size() - REMEMBERED), ids.size());
    }

    private boolean former(AgentListed row) {
        boolean other = agentId != null && !agentId.equals(row.getAgentId());
        return other
                && row.getExpiresAt() != null
                && svid.expiresAt() != null
                && row.getExpiresAt().isBefore(svid.expiresAt());
    }

    AgentIdentity banned(Instant at, String fact) {
        return bannedAt != null
                ? this
                : new AgentIdentity(
                        agentId,
                        attestedAt,
                        at,
                        evictedAt,
                        deletedAt,
                        failingSince,
                        lastError,
                        listedAt,
                        canReattest,
                        svid,
                        fact,
                        former);
    }

    AgentIdentity evicted(Instant at, String fact) {
        return evictedAt != null || (attestedAt != null && attestedAt.isAfter(at))
                ? this
                : new AgentIdentity(
                        agentId,
                        attestedAt,
                        bannedAt,
                        at,
                        deletedAt,
                        failingSince,
                        lastError,
                        listedAt,
                        canReattest,
                        svid,
                        fact,
                        former);
    }

    /**
     * The agent itself says that it has to attest again, and which answer of the server told it so: this is seen where
     * nobody reads the server's log.
     */
    AgentIdentity outcast(Instant at, String error, String fact) {
        String text = error == null ? "" : error.toLowerCase(Locale.ROOT);
        if (text.contains("not attested") || text.contains("not active")) {
            return evicted(at, fact);
        }
        return text.contains("svid is expired") ? with(svid.expired(at)) : this;
    }

    /** Whether the server did not know it, or did not accept it, at some time clearly before this. */
    boolean troubledBefore(Instant at) {
        Instant trouble = Times.latest(evictedAt, failingSince);
        return trouble != null && trouble.plus(SKEW).isBefore(at);
    }

    /** Somebody deleted the agent by command. */
    AgentIdentity deleted(Instant at, String fact) {
        AgentIdentity gone = evicted(at, fact);
        return gone.evictedAt == null
                ? this
                : new AgentIdentity(
                        agentId,
                        attestedAt,
                        bannedAt,
                        gone.evictedAt,
                        Times.latest(deletedAt, at),
                        failingSince,
                        lastError,
                        listedAt,
                        canReattest,
                        svid,
                        gone.ref,
                        former);
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
                deletedAt,
                Times.earliest(failingSince, at),
                error,
                listedAt,
                canReattest,
                svid,
                fact,
                former);
    }

    AgentIdentity with(AgentSvid own) {
        return new AgentIdentity(
                agentId,
                attestedAt,
                bannedAt,
                evictedAt,
                deletedAt,
                failingSince,
                lastError,
                listedAt,
                canReattest,
                own,
                ref,
                former);
    }
}
