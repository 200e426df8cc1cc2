package io.svidflow.identity;

import io.svidflow.event.AgentSignalKind;
import io.svidflow.event.SvidSignalKind;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/**
 * Whether the agent's log tells what an agent has to write. One whose {@code log_level} is too high is read, heartbeats come,
 * and nothing is in it: what it does not tell must not be taken for what has not happened. It is known to be mute when its
 * container has run for a minute without a line, or when the server has signed for the agent again and again and the log
 * does not say so. A single line may have been lost.
 *
 * @param toldAt when it last told what is written below level error; null: never
 * @param owed signatures of the server that the log has not told of since, those of one moment counted once
 * @param lastOwed when the latest of them was made
 * @param muteSince since when it has told nothing that it had to; null: it tells, as far as known
 */
record LogVoice(Instant toldAt, int owed, Instant lastOwed, Instant muteSince) {

    static final LogVoice UNKNOWN = new LogVoice(null, 0, null, null);

    private static final String LOG = "agent-log";

    /** What an agent writes at level error, too, or what is written for it. */
    private static final Set<AgentSignalKind> ERRORS = EnumSet.of(
            AgentSignalKind.SYNC_FAILED,
            AgentSignalKind.ATTEST_FAILED,
            AgentSignalKind.RENEWAL_FAILED,
            AgentSignalKind.SVID_EXPIRED,
            AgentSignalKind.UNHEALTHY,
            AgentSignalKind.CRASHED,
            AgentSignalKind.BANNED,
            AgentSignalKind.LOOKUP_FAILED,
            AgentSignalKind.UNKNOWN);

    private static final Set<SvidSignalKind> REFUSALS = EnumSet.of(
            SvidSignalKind.REFUSED,
            SvidSignalKind.ATTESTATION_FAILED,
            SvidSignalKind.SIGN_FAILED,
            SvidSignalKind.UNKNOWN);

    /** An agent says that it starts within a second. */
    private static final Duration STARTED = Duration.ofSeconds(60);

    /** It says what it has signed before it asks for it; the two logs are of two clocks. */
    private static final Duration APART = Duration.ofSeconds(10);

    /** Three lines in a row are not lost by chance. */
    private static final int ENOUGH = 3;

    static boolean isVoice(AgentSignalKind kind) {
        return !ERRORS.contains(kind);
    }

    static boolean isVoice(SvidSignalKind kind) {
        return !REFUSALS.contains(kind);
    }

    /** Whether the source is an agent's log. */
    static boolean isLog(String source) {
        return source.startsWith(LOG + "/");
    }

    LogVoice told(Instant at) {
        Instant latest = Times.latest(toldAt, at);
        return owed == 0 && muteSince == null && latest.equals(toldAt) ? this : new LogVoice(latest, 0, null, null);
    }

    /** The server has signed for the agent. */
    LogVoice owes(Instant at) {
        boolean said = toldAt != null && !toldAt.isBefore(at.minus(APART));
        boolean same = lastOwed != null && !at.isAfter(lastOwed.plus(APART));
        return said || same ? this : new LogVoice(toldAt, owed + 1, at, muteSince);
    }

    /** Judges the log of a node, where it is there and every source has been heard of all the time. */
    static NodeRecord judged(NodeRecord node, Coverage coverage, Instant now) {
        LogVoice voice = node.voice();
        if (coverage.blind()
                || coverage.unbrokenSince() == null
                || !coverage.sources().contains(LOG)
                || voice.muteSince != null) {
            return node;
        }
        Instant since = voice.silentSince(node, coverage, now);
        return since == null ? node : node.with(new LogVoice(voice.toldAt, voice.owed, voice.lastOwed, since));
    }

    private Instant silentSince(NodeRecord node, Coverage coverage, Instant now) {
        AgentPod pod = node.agentPod();
        Instant started = pod == null || !pod.running() || pod.gone() ? null : pod.startedAt();
        boolean startUnsaid = started != null
                && !started.isBefore(coverage.unbrokenSince())
                && !now.isBefore(started.plus(STARTED))
                && !Times.reached(toldAt, started.minus(APART))
                && node.clock().offsetSeconds() == null;
        if (startUnsaid) {
            return started;
        }
        return owed >= ENOUGH && node.clock().offsetSeconds() == null
                ? Times.latest(toldAt, coverage.unbrokenSince())
                : null;
    }

    /** What can be seen of the node: a mute log is none. */
    Coverage heard(Coverage coverage) {
        if (muteSince == null) {
            return coverage;
        }
        List<String> sources = new ArrayList<>(coverage.sources());
        sources.remove(LOG);
        return new Coverage(
                coverage.since(), coverage.entries(), false, coverage.blind(), sources, coverage.unbrokenSince());
    }
}
