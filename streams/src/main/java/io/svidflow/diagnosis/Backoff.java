package io.svidflow.diagnosis;

import io.svidflow.event.NodeTransition;
import io.svidflow.event.Prediction;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * When a SPIRE agent that failed to synchronise tries again. Nominal wait after the n-th failure: interval x 1.5^n, at most
 * min(8 min, 48 x interval), with a jitter of 10 % either way that is drawn after the cap. Source: pkg/agent/manager/
 * manager.go and pkg/common/backoff of SPIRE 1.7.1 to 1.15.
 *
 * @param interval the agent's sync_interval
 */
public record Backoff(Duration interval) {

    private static final double FACTOR = 1.5;
    private static final double JITTER = 0.1;
    /** An observed gap carries a jitter of its own. */
    private static final double MEASURED_JITTER = 0.25;

    private static final Duration LONGEST = Duration.ofMinutes(8);
    /** The attempt itself may take until SPIRE's RPC timeout, but fails at once where nobody listens. */
    private static final Duration SLACK = Duration.ofSeconds(2);

    public Backoff {
        if (interval.isNegative() || interval.isZero()) {
            throw new IllegalArgumentException("sync interval must be positive, but is " + interval);
        }
    }

    /** The window of the next attempt; empty when the agent is not known to be failing. */
    public Optional<Prediction> next(NodeTransition node) {
        if (node.getSyncFailingSince() == null || node.getLastSyncAttempt() == null) {
            return Optional.empty();
        }
        double nominal = nominal(node.getSyncAttempts());
        Instant last = node.getLastSyncAttempt();
        if (node.getPreviousSyncAttempt() == null) {
            return Optional.of(window(last, nominal, JITTER, node.getSyncAttempts()));
        }
        double gap = seconds(Duration.between(node.getPreviousSyncAttempt(), last));
        double expected = nominal(node.getSyncAttempts() - 1);
        boolean asModelled = Math.abs(gap - expected) <= expected * 0.2 + 1;
        return Optional.of(
                asModelled
                        ? window(last, nominal, JITTER, node.getSyncAttempts())
                        : window(last, Math.min(gap * FACTOR, cap()), MEASURED_JITTER, node.getSyncAttempts()));
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
        double attempt = seconds(interval);
        double worst = attempt;
        for (int failures = 1; attempt * (1 - JITTER) <= length; failures++) {
            worst = nominal(failures);
            attempt += worst;
        }
        return Duration.ofSeconds(Math.round(worst * (1 + JITTER))).plus(SLACK);
    }

    private Prediction window(Instant last, double wait, double jitter, int attempts) {
        return new Prediction(
                last.plusMillis(Math.round(wait * (1 - jitter) * 1000)),
                last.plusMillis(Math.round(wait * (1 + jitter) * 1000)).plus(SLACK),
                attempts);
    }

    private double nominal(int failures) {
        return Math.min(seconds(interval) * Math.pow(FACTOR, failures), cap());
    }

    private double cap() {
        return Math.min(seconds(LONGEST), 48 * seconds(interval));
    }

    private static double seconds(Duration duration) {
        return duration.toMillis() / 1000.0;
    }
}
