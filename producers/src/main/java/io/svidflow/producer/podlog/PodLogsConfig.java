package io.svidflow.producer.podlog;

import java.time.Duration;
import java.util.List;

/**
 * How the logs of pods are followed.
 *
 * @param rules whose logs
 * @param discovery pause between two looks for new pods
 * @param margin how long after its own time a line may reach the API: promises stay that far behind
 * @param lookBack how far before the very first start facts are published
 */
public record PodLogsConfig(List<PodLogRule> rules, Duration discovery, Duration margin, Duration lookBack) {

    /** Agents start in seconds. */
    public static final Duration DEFAULT_DISCOVERY = Duration.ofSeconds(5);

    /** The clock of a node may differ from that of this process. */
    public static final Duration DEFAULT_MARGIN = Duration.ofSeconds(3);

    /** As for log files. */
    public static final Duration DEFAULT_LOOK_BACK = Duration.ofMinutes(10);

    public PodLogsConfig {
        rules = List.copyOf(rules);
        if (rules.isEmpty()) {
            throw new IllegalArgumentException("logs of pods are to be followed, but no pods are named");
        }
        if (discovery.isNegative() || discovery.isZero() || margin.isNegative() || lookBack.isNegative()) {
            throw new IllegalArgumentException("discovery must be positive, margin and look-back not negative, but they"
                    + " are " + discovery + ", " + margin + " and " + lookBack);
        }
    }

    /** These logs, followed as is usual. */
    public static PodLogsConfig of(List<PodLogRule> rules) {
        return new PodLogsConfig(rules, DEFAULT_DISCOVERY, DEFAULT_MARGIN, DEFAULT_LOOK_BACK);
    }
}
