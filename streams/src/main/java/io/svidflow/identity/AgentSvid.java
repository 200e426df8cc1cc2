package io.svidflow.identity;

import java.time.Instant;

/**
 * The agent's own SVID: until when it is valid, and whether the agent manages to renew it.
 *
 * @param expiresAt its expiry, as the server lists it or the agent tells it; null: not known since the last renewal
 * @param toldAt when that was told
 * @param renewedAt last renewal that is known to have succeeded
 * @param expiredSince since when the server or the agent says that it has expired; null: nobody says so
 * @param failingSince first failure to renew it since the last success; null: none
 * @param failures failures since then, counted up to {@value #ENOUGH}
 * @param error what they say; the words of the server's node attestor are kept where there are any
 */
public record AgentSvid(
        Instant expiresAt,
        Instant toldAt,
        Instant renewedAt,
        Instant expiredSince,
        Instant failingSince,
        Instant lastFailure,
        int failures,
        String error) {

    static final AgentSvid UNKNOWN = new AgentSvid(null, null, null, null, null, null, 0, null);

    /** More failures than that say nothing new. */
    static final int ENOUGH = 3;

    private static final String ATTESTOR = "nodeattestor(";

    /** The agent attested or renewed: what was told of the SVID before concerns another one. */
    AgentSvid renewed(Instant at) {
        boolean failedLater = lastFailure != null && lastFailure.isAfter(at);
        boolean toldLater = toldAt != null && toldAt.isAfter(at);
        return new AgentSvid(
                toldLater ? expiresAt : null,
                toldLater ? toldAt : null,
                Times.latest(renewedAt, at),
                Times.reached(at, expiredSince) ? null : expiredSince,
                failedLater ? failingSince : null,
                failedLater ? lastFailure : null,
                failedLater ? failures : 0,
                failedLater ? error : null);
    }

    /** Somebody knows its expiry. An expiry that moves on is a renewal; one that moves back is that of an older SVID. */
    AgentSvid told(Instant expiry, Instant at) {
        if (expiry == null || (toldAt != null && at.isBefore(toldAt))) {
            return this;
        }
        boolean news = expiresAt == null || expiry.isAfter(expiresAt);
        AgentSvid known = expiresAt != null && news ? renewed(at) : this;
        boolean valid = expiry.isAfter(at);
        return new AgentSvid(
                news ? expiry : expiresAt,
                at,
                known.renewedAt,
                valid && news ? null : known.expiredSince,
                known.failingSince,
                known.lastFailure,
                known.failures,
                known.error);
    }

    /** The server refused the SVID as expired, or the agent itself found it so. */
    AgentSvid expired(Instant at) {
        return renewedAt != null && !at.isAfter(renewedAt)
                ? this
                : new AgentSvid(
                        expiresAt,
                        toldAt,
                        renewedAt,
                        Times.earliest(expiredSince, at),
                        failingSince,
                        lastFailure,
                        failures,
                        error);
    }

    /** The agent could not renew it. */
    AgentSvid failed(Instant at, String text) {
        if ((renewedAt != null && !at.isAfter(renewedAt)) || at.equals(lastFailure)) {
            return this;
        }
        boolean tells = text != null && (error == null || (text.contains(ATTESTOR) && !error.contains(ATTESTOR)));
        return new AgentSvid(
                expiresAt,
                toldAt,
                renewedAt,
                expiredSince,
                Times.earliest(failingSince, at),
                Times.latest(lastFailure, at),
                Math.min(failures + 1, ENOUGH),
                tells ? text : error);
    }

    /** The server served the agent: the SVID was valid then. */
    AgentSvid accepted(Instant at) {
        return expiredSince == null || at.isBefore(expiredSince)
                ? this
                : new AgentSvid(expiresAt, toldAt, renewedAt, null, failingSince, lastFailure, failures, error);
    }

    /**
     * Since when it has been expired; null: it has not, or nobody can tell.
     *
     * @param served last time the server is known to have served the agent
     */
    Instant expiredAt(Instant served, Instant now) {
        if (expiredSince != null) {
            return expiredSince;
        }
        boolean passed = expiresAt != null && !expiresAt.isAfter(now);
        return passed && !Times.reached(served, expiresAt) && !Times.reached(renewedAt, expiresAt) ? expiresAt : null;
    }
}
