package io.svidflow.identity;

import java.time.Duration;
import java.time.Instant;

/**
 * A node's own time: whether it stood still, and whether it differs from that of everybody else. Source clocks are compared
 * by events that two of them saw, never by when a fact arrived: a source that is merely late has the right times.
 *
 * @param pulseAt last sign of life of the agent, from whatever source
 * @param suspendedFrom when node and agent fell silent together, the last time they did; null: they never did
 * @param resumedAt when they were heard of again, without a restart of either
 * @param offsetSeconds by how much the node's clock is ahead (negative: behind), at least; null: no difference was seen
 * @param offsetAt when that was last seen
 * @param offsetWitness what shows it
 * @param lag how far the agent's last synchronisation lay back when its debug API was last asked
 * @param laggingSync that synchronisation
 * @param lags how often in a row it lay back by the same time although the agent synchronised meanwhile
 */
public record NodeClock(
        Instant pulseAt,
        Instant suspendedFrom,
        Instant resumedAt,
        Long offsetSeconds,
        Instant offsetAt,
        String offsetWitness,
        Duration lag,
        Instant laggingSync,
        int lags) {

    static final NodeClock UNKNOWN = new NodeClock(null, null, null, null, null, null, null, null, 0);

    /** Kubernetes calls a silent kubelet NotReady after 40 s; an agent is heard of every 5 s where its calls are seen. */
    private static final Duration SILENCE = Duration.ofSeconds(60);

    /** No two clocks of a cluster that works differ by that much. */
    private static final Duration FAR = Duration.ofSeconds(60);

    private static final Duration SAME_LAG = Duration.ofSeconds(4);
    private static final int CERTAIN = 2;

    NodeClock heard(Instant at) {
        return Times.reached(pulseAt, at) ? this : withPulse(at);
    }

    /**
     * The agent is heard of. Silence of its log, its calls and its debug API is that of one process; only together with
     * its kubelet's it is the node's.
     *
     * @param kubelet what Kubernetes knows of the node
     * @param started last start of the agent's process
     */
    NodeClock heard(Instant at, KubernetesNode kubelet, Instant started) {
        boolean silent = pulseAt != null && !at.isBefore(pulseAt.plus(SILENCE));
        boolean restarted = started != null && pulseAt != null && started.isAfter(pulseAt);
        if (!silent || restarted || kubelet == null || !kubelet.wasSilentSince(pulseAt)) {
            return heard(at);
        }
        return new NodeClock(at, pulseAt, at, offsetSeconds, offsetAt, offsetWitness, lag, laggingSync, lags);
    }

    /** Something happened at {@code there} by the node's clock, and not later than {@code seen} by another one. */
    NodeClock notAfter(Instant there, Instant seen, String witness) {
        return there != null && there.isAfter(seen.plus(FAR)) ? differs(there, seen, seen, witness) : this;
    }

    /** Something happened at {@code there} by the node's clock, and not before {@code earliest} by another one. */
    NodeClock notBefore(Instant there, Instant earliest, Instant at, String witness) {
        return there != null && there.isBefore(earliest.minus(FAR)) ? differs(there, earliest, at, witness) : this;
    }

    /** The agent says when it last synchronised, by its clock; {@code at} is the clock of whoever asked. */
    NodeClock synchronised(Instant there, Instant at) {
        if (there == null) {
            return this;
        }
        Duration back = Duration.between(there, at);
        if (back.abs().compareTo(FAR) < 0) {
            return new NodeClock(pulseAt, suspendedFrom, resumedAt, null, null, null, null, null, 0);
        }
        NodeClock ahead = notAfter(there, at, "the agent says that it synchronised at " + there + ", asked at " + at);
        boolean advances = laggingSync != null && there.isAfter(laggingSync);
        boolean same = lag != null && lag.minus(back).abs().compareTo(SAME_LAG) <= 0;
        int repeated = advances ? (same ? lags + 1 : 0) : lags;
        NodeClock lagging = new NodeClock(
                pulseAt,
                suspendedFrom,
                resumedAt,
                ahead.offsetSeconds,
                ahead.offsetAt,
                ahead.offsetWitness,
                advances || lag == null ? back : lag,
                there,
                repeated);
        return repeated < CERTAIN || back.isNegative()
                ? lagging
                : lagging.differs(
                        there,
                        at,
                        at,
                        "the agent synchronises, and each time it is asked the last time was " + back.toSeconds()
                                + " s ago");
    }

    private NodeClock differs(Instant there, Instant here, Instant at, String witness) {
        long seconds = Duration.between(here, there).toSeconds();
        boolean told = offsetSeconds != null && Math.abs(offsetSeconds - seconds) < FAR.toSeconds();
        return new NodeClock(
                pulseAt,
                suspendedFrom,
                resumedAt,
                told ? offsetSeconds : Long.valueOf(seconds),
                Times.latest(offsetAt, at),
                told ? offsetWitness : witness,
                lag,
                laggingSync,
                lags);
    }

    private NodeClock withPulse(Instant at) {
        return new NodeClock(
                at, suspendedFrom, resumedAt, offsetSeconds, offsetAt, offsetWitness, lag, laggingSync, lags);
    }
}
