package io.svidflow.identity;

import java.time.Instant;

/**
 * The agent's process on a node.
 *
 * @param startedAt its start: what it had cached before is gone
 * @param aliveAt last sign of a serving agent: a synchronisation, or a line that only a serving agent writes
 * @param downAt last time it said that it stops
 * @param signFailedAt last time signing failed
 * @param refusedAt last time it refused a workload, whichever it was
 * @param lastWords the error that it last ended with; null once it serves again
 */
public record AgentProcess(
        Instant startedAt, Instant aliveAt, Instant downAt, Instant signFailedAt, Instant refusedAt, String lastWords) {

    static final AgentProcess UNKNOWN = new AgentProcess(null, null, null, null, null, null);

    AgentProcess started(Instant at) {
        return new AgentProcess(Times.latest(startedAt, at), aliveAt, downAt, signFailedAt, refusedAt, lastWords);
    }

    AgentProcess alive(Instant at) {
        return new AgentProcess(startedAt, Times.latest(aliveAt, at), downAt, signFailedAt, refusedAt, wordsAfter(at));
    }

    AgentProcess down(Instant at) {
        return new AgentProcess(startedAt, aliveAt, Times.latest(downAt, at), signFailedAt, refusedAt, lastWords);
    }

    AgentProcess crashed(Instant at, String error) {
        return Times.reached(downAt, at) || error == null
                ? down(at)
                : new AgentProcess(startedAt, aliveAt, at, signFailedAt, refusedAt, error);
    }

    private String wordsAfter(Instant at) {
        return downAt == null || at.isAfter(downAt) ? null : lastWords;
    }

    AgentProcess signFailed(Instant at) {
        return new AgentProcess(startedAt, aliveAt, downAt, Times.latest(signFailedAt, at), refusedAt, lastWords);
    }

    AgentProcess refused(Instant at) {
        return new AgentProcess(
                startedAt,
                Times.latest(aliveAt, at),
                downAt,
                signFailedAt,
                Times.latest(refusedAt, at),
                wordsAfter(at));
    }

    /** Heard of after the given time, and not stopped or started again since. */
    boolean heardSince(Instant time) {
        return Times.reached(aliveAt, time)
                && !Times.reached(downAt, aliveAt)
                && !(startedAt != null && startedAt.isAfter(aliveAt));
    }
}
