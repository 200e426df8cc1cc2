package io.svidflow.identity;

import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * The agent's process on a node.
 *
 * @param startedAt its start: what it had cached before is gone
 * @param aliveAt last sign of a serving agent: a synchronisation, or a line that only a serving agent writes
 * @param downAt last time it said that it stops
 * @param signFailedAt last time signing failed
 * @param refusedAt last time it refused a workload, whichever it was
 * @param refused processes that it refuses, by their pid
 * @param lastWords the error that it last ended with; null once it serves again
 * @param version SPIRE version that it told at its last start; null: it did not
 */
public record AgentProcess(
        Instant startedAt,
        Instant aliveAt,
        Instant downAt,
        Instant signFailedAt,
        Instant refusedAt,
        FailedCallers refused,
        String lastWords,
        String version) {

    static final AgentProcess UNKNOWN = new AgentProcess(null, null, null, null, null, FailedCallers.NONE, null, null);

    /** A log and the API server differ by that much about when a process began. */
    private static final Duration DOUBT = Duration.ofSeconds(5);

    /** Every new pod is refused for some seconds until its entry has come. */
    private static final Duration PERSISTENT = Duration.ofSeconds(30);

    private static final String NAMELESS = "";

    public AgentProcess {
        refused = refused == null ? FailedCallers.NONE : refused;
    }

    AgentProcess started(Instant at) {
        return new AgentProcess(
                Times.latest(startedAt, at), aliveAt, downAt, signFailedAt, refusedAt, refused, lastWords, version);
    }

    /** @param told version that it told; null: it did not */
    AgentProcess ofVersion(String told) {
        return told == null || told.equals(version)
                ? this
                : new AgentProcess(startedAt, aliveAt, downAt, signFailedAt, refusedAt, refused, lastWords, told);
    }

    AgentProcess alive(Instant at) {
        return new AgentProcess(
                startedAt,
                Times.latest(aliveAt, at),
                downAt,
                signFailedAt,
                refusedAt,
                refused,
                wordsAfter(at),
                version);
    }

    AgentProcess down(Instant at) {
        return new AgentProcess(
                startedAt, aliveAt, Times.latest(downAt, at), signFailedAt, refusedAt, refused, lastWords, version);
    }

    AgentProcess crashed(Instant at, String error) {
        return Times.reached(downAt, at) || error == null
                ? down(at)
                : new AgentProcess(startedAt, aliveAt, at, signFailedAt, refusedAt, refused, error, version);
    }

    private String wordsAfter(Instant at) {
        return downAt == null || at.isAfter(downAt) ? null : lastWords;
    }

    AgentProcess signFailed(Instant at) {
        return new AgentProcess(
                startedAt, aliveAt, downAt, Times.latest(signFailedAt, at), refusedAt, refused, lastWords, version);
    }

    /** @param pid of the process that was refused; null: the line does not say */
    AgentProcess refused(Instant at, Long pid) {
        return new AgentProcess(
                startedAt,
                Times.latest(aliveAt, at),
                downAt,
                signFailedAt,
                Times.latest(refusedAt, at),
                pid == null ? refused : refused.failed(at, pid.toString()),
                wordsAfter(at),
                version);
    }

    /**
     * The processes that it refuses of those that may be a pod's: they began to ask after the pod's start, have been refused
     * time and again, and still were after {@code due}. Lines without a pid are taken for those of one process.
     *
     * @param from when the pod was to ask first
     * @param until when it was to have asked
     */
    Set<String> keepsRefusing(Instant from, Instant until, Instant due) {
        if (refused.streaks().isEmpty()) {
            return Times.reached(refusedAt, due) ? Set.of(NAMELESS) : Set.of();
        }
        return refused.streaks().entrySet().stream()
                .filter(process -> {
                    FailedCallers.Streak streak = process.getValue();
                    return !streak.since().isBefore(from.minus(DOUBT))
                            && !streak.since().isAfter(until)
                            && !streak.last().isBefore(due)
                            && !streak.last().isBefore(streak.since().plus(PERSISTENT));
                })
                .map(Map.Entry::getKey)
                .collect(Collectors.toSet());
    }

    /** Heard of after the given time, and not stopped or started again since. */
    boolean heardSince(Instant time) {
        return Times.reached(aliveAt, time)
                && !Times.reached(downAt, aliveAt)
                && !(startedAt != null && startedAt.isAfter(aliveAt));
    }
}
