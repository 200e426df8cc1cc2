package io.svidflow.producer.podlog;

import io.svidflow.producer.coverage.SourceKind;
import java.time.Duration;
import java.util.List;

/**
 * How the logs of pods are followed.
 *
 * @param rules whose logs
 * @param discovery pause between two looks for new pods
 * @param margin how long after its own time a line may reach the API: promises stay that far behind
 * @param lookBack how far before the very first start facts are published
 * @param reconnect pause after a connection has ended, before the next one
 * @param confirm how often the last line of a log is asked for, without which nothing is promised; a source whose heartbeats
 *     are due more often is asked more often
 */
public record PodLogsConfig(
        List<PodLogRule> rules,
        Duration discovery,
        Duration margin,
        Duration lookBack,
        Duration reconnect,
        Duration confirm) {

    /** Agents start in seconds. */
    public static final Duration DEFAULT_DISCOVERY = Duration.ofSeconds(5);

    /** The clock of a node may differ from that of this process. */
    public static final Duration DEFAULT_MARGIN = Duration.ofSeconds(3);

    /** As for log files. */
    public static final Duration DEFAULT_LOOK_BACK = Duration.ofMinutes(10);

    /** A container that is started again and again is not to be asked for without a pause. */
    public static final Duration DEFAULT_RECONNECT = Duration.ofSeconds(1);

    /** The API server is asked no more often than heartbeats are due. */
    public static final Duration DEFAULT_CONFIRM = Duration.ofSeconds(5);

    public PodLogsConfig {
        rules = List.copyOf(rules);
        if (rules.isEmpty()) {
            throw new IllegalArgumentException("logs of pods are to be followed, but no pods are named");
        }
        if (!positive(discovery) || margin.isNegative() || lookBack.isNegative()) {
            throw new IllegalArgumentException("discovery must be positive, margin and look-back not negative, but they"
                    + " are " + discovery + ", " + margin + " and " + lookBack);
        }
        if (!positive(reconnect) || !positive(confirm)) {
            throw new IllegalArgumentException(
                    "the pauses before connections and questions must be positive, but they are " + reconnect + " and "
                            + confirm);
        }
    }

    /** These logs, followed as is usual. */
    public static PodLogsConfig of(List<PodLogRule> rules) {
        return new PodLogsConfig(
                rules, DEFAULT_DISCOVERY, DEFAULT_MARGIN, DEFAULT_LOOK_BACK, DEFAULT_RECONNECT, DEFAULT_CONFIRM);
    }

    /** How often the last line of a source's log is asked for. */
    Duration cadence(SourceKind kind) {
        return kind.cadence().compareTo(confirm) < 0 ? kind.cadence() : confirm;
    }

    private static boolean positive(Duration duration) {
        return !duration.isNegative() && !duration.isZero();
    }
}
