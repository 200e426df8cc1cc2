package io.svidflow.producer.tail;

import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * How log files are read.
 *
 * @param rules where the logs lie
 * @param poll pause between two looks at the files
 * @param margin how long after its own time a line may reach its file: promises stay that far behind the clock. Too short,
 *     and a line that the runtime held back comes behind the promise; too long, and findings come later by that much
 * @param lookBack how far before the very first start facts are published
 * @param node the node whose files they are, as Kubernetes has it; empty: not known, and logs of pods that go while
 *     nobody reads are missed for ever
 */
public record LogFilesConfig(
        List<LogRule> rules, Duration poll, Duration margin, Duration lookBack, Optional<String> node) {

    /** Pause between two looks. */
    public static final Duration DEFAULT_POLL = Duration.ofMillis(500);

    /** Runtimes write within milliseconds; a node that is short of CPU takes longer. */
    public static final Duration DEFAULT_MARGIN = Duration.ofSeconds(2);

    /** Enough for the last attestation and synchronisation of an agent that has just started. */
    public static final Duration DEFAULT_LOOK_BACK = Duration.ofMinutes(10);

    public LogFilesConfig {
        rules = List.copyOf(rules);
        if (rules.isEmpty()) {
            throw new IllegalArgumentException("log files are to be read, but no path is named");
        }
        if (poll.isNegative() || poll.isZero() || margin.isNegative() || lookBack.isNegative()) {
            throw new IllegalArgumentException("poll must be positive, margin and look-back not negative, but they are "
                    + poll + ", " + margin + " and " + lookBack);
        }
    }

    /** Logs at these places, read as is usual. */
    public static LogFilesConfig of(List<LogRule> rules) {
        return new LogFilesConfig(rules, DEFAULT_POLL, DEFAULT_MARGIN, DEFAULT_LOOK_BACK, Optional.empty());
    }
}
