package io.svidflow.diagnosis;

import io.svidflow.event.NodeTransition;
import io.svidflow.event.Prediction;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * When a SPIRE agent that failed to synchronise tries again. Nominal wait after the n-th failure: interval x 1.5^n up to a
 * cap, with a jitter of 10 % either way that is drawn after the cap. What depends on the agent's version stands in
 * {@link AgentChange}. Source: pkg/agent/manager/manager.go and pkg/common/backoff.
 *
 * @param interval the agents' sync_interval
 * @param version version of agents that do not tell theirs; null: a recent one
 */
public record Backoff(Duration interval, SpireVersion version) {

    /** The attempt itself takes 30 s at most; what it has signed, or its failure, shows a little later. */
    public static final Duration ATTEMPT = Duration.ofSeconds(40);

    /** SPIRE's RPC timeout. */
    private static final int CALL_SECONDS = 30;

    private static final double FACTOR = 1.5;
    private static final double JITTER = 0.1;
    /** An observed gap carries a jitter of its own. */
    private static final double MEASURED_JITTER = 0.25;

    private static final Duration LONGEST = Duration.ofMinutes(8);
    private static final Duration FIRST_WAIT = Duration.ofSeconds(5);
    /** The attempt itself may take until SPIRE's RPC timeout, but fails at once where nobody listens. */
    private static final Duration SLACK = Duration.ofSeconds(2);

    public Backoff {
        if (interval.isNegative() || interval.isZero()) {
            throw new IllegalArgumentException("sync interval must be positive, but is " + interval);
        }
    }

    /** @param interval sync_interval of agents of a recent version */
    public Backoff(Duration interval) {
        this(interval, null);
    }

    /** The window of the next attempt; empty when the agent is not known to be failing. */
    public Optional<Prediction> next(NodeTransition node) {
        if (node.getSyncFailingSince() == null || node.getLastSyncAttempt() == null) {
            return Optional.empty();
        }
        Instant last = node.getLastSyncAttempt();
        int attempts = node.getSyncAttempts();
        if (node.getAgentStartedAt() != null && node.getAgentStartedAt().isAfter(last)) {
            return Optional.of(afterStart(node));
        }
        if (node.getNextSyncAttempt() != null && node.getNextSyncAttempt().isAfter(last)) {
            Instant announced = node.getNextSyncAttempt();
            return Optional.of(prediction(announced, announced.plus(SLACK), attempts));
        }
        double cap = seconds(cap(versionOf(node)));
        double nominal = nominal(attempts, cap);
        if (node.getPreviousSyncAttempt() == null) {
            return Optional.of(window(last, nominal, JITTER, attempts));
        }
        double gap = seconds(Duration.between(node.getPreviousSyncAttempt(), last));
        double expected = nominal(attempts - 1, cap);
        boolean asModelled = near(gap, expected) || (timedOut(node) && near(gap, expected + CALL_SECONDS));
        return Optional.of(
                asModelled
                        ? window(last, nominal, JITTER, attempts)
                        : window(last, Math.min(gap * FACTOR, cap), MEASURED_JITTER, attempts));
    }

    private static boolean near(double gap, double expected) {
        return Math.abs(gap - expected) <= expected * 0.2 + 1;
    }

    /** The attempt took its time, and the wait began after it. */
    private static boolean timedOut(NodeTransition node) {
        return node.getLastSyncError() != null && node.getLastSyncError().contains("deadline exceeded");
    }

    /** A process that is new has forgotten its back-off: it synchronises as soon as it has attested. */
    private Prediction afterStart(NodeTransition node) {
        Duration wait = firstWait(versionOf(node));
        Instant started = node.getAgentStartedAt();
        return prediction(started, started.plus(wait).plus(ATTEMPT), 0);
    }

    /**
     * The longest that an agent may still wait once an outage is over, if it began to fail with the outage: an attempt
     * that fails just before the end has the longest wait before it. How long an attempt itself takes (up to 30 s) is
     * not known, so every attempt that can have begun by then counts.
     *
     * @param outage how long server or datastore were away
     */
    public Duration worstWaitAfter(Duration outage) {
        double length = seconds(outage);
        double cap = seconds(cap(version));
        double attempt = seconds(interval);
        double worst = attempt;
        for (int failures = 1; attempt * (1 - JITTER) <= length; failures++) {
            worst = nominal(failures, cap);
            attempt += worst;
        }
        return Duration.ofSeconds(Math.round(worst * (1 + JITTER))).plus(SLACK);
    }

    /** The longest wait between two failed attempts, before its jitter. */
    Duration cap(SpireVersion of) {
        if (!AgentChange.LONGER_BACKOFF.in(of)) {
            return interval.multipliedBy(24);
        }
        Duration cap = interval.multipliedBy(48);
        return cap.compareTo(LONGEST) < 0 ? cap : LONGEST;
    }

    /** The wait of an agent that has just started, before its loop synchronises for the first time. */
    Duration firstWait(SpireVersion of) {
        return AgentChange.SHORT_FIRST_WAIT.in(of) && interval.compareTo(FIRST_WAIT) > 0 ? FIRST_WAIT : interval;
    }

    private SpireVersion versionOf(NodeTransition node) {
        return SpireVersion.of(node.getAgentVersion()).orElse(version);
    }

    private static Prediction window(Instant last, double wait, double jitter, int attempts) {
        return prediction(
                last.plusMillis(Math.round(wait * (1 - jitter) * 1000)),
                last.plusMillis(Math.round(wait * (1 + jitter) * 1000)).plus(SLACK),
                attempts);
    }

    private static Prediction prediction(Instant notBefore, Instant notAfter, int attempts) {
        return new Prediction(notBefore, notAfter, attempts, notAfter.plus(ATTEMPT));
    }

    private double nominal(int failures, double cap) {
        return Math.min(seconds(interval) * Math.pow(FACTOR, failures), cap);
    }

    private static double seconds(Duration duration) {
        return duration.toMillis() / 1000.0;
    }
}
