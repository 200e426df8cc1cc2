package io.svidflow.producer.shipped;

import io.svidflow.producer.coverage.SourceKind;
import java.time.Duration;
import java.util.Map;
import java.util.Set;

/**
 * How the topic of a log shipper is read.
 *
 * @param topic its name
 * @param consumer settings of the Kafka consumer: brokers, TLS, SASL
 * @param containers names of the containers whose lines are read, and what they log; lines of others are left alone
 * @param namespaces where these containers run; empty for everywhere
 * @param lateness how long a line may take from its own time to the topic: promises stay that far behind the shipper's
 *     last sign of life. It and the pace of those signs together must stay below the time after which a source counts as
 *     late (15 s)
 * @param lookBack from how long ago the topic is read at the very first start
 * @param forgetAfter how long nothing may be heard of a log, nor of the shipper on its node, before nobody waits for it any
 *     more; at least an hour. A log whose node is known to be gone does not take that long
 */
public record LogTopicConfig(
        String topic,
        Map<String, Object> consumer,
        Map<String, SourceKind> containers,
        Set<String> namespaces,
        Duration lateness,
        Duration lookBack,
        Duration forgetAfter) {

    /** Where the configurations in {@code deploy/} write to. */
    public static final String DEFAULT_TOPIC = "svidflow.spire-logs";

    /** The names that SPIRE's charts give. */
    public static final Map<String, SourceKind> DEFAULT_CONTAINERS = Map.of(
            "spire-agent", SourceKind.AGENT_LOG,
            "spire-server", SourceKind.SERVER_LOG,
            "spire-controller-manager", SourceKind.CONTROLLER_MANAGER_LOG);

    /** Shippers flush about once a second. */
    public static final Duration DEFAULT_LATENESS = Duration.ofSeconds(5);

    /** As for log files. */
    public static final Duration DEFAULT_LOOK_BACK = Duration.ofMinutes(10);

    /** A day: long enough for somebody to look after a shipper that has died. */
    public static final Duration DEFAULT_FORGET_AFTER = Duration.ofHours(24);

    /** The shortest that {@link #forgetAfter} may be. */
    public static final Duration SOONEST_FORGOTTEN = Duration.ofHours(1);

    public LogTopicConfig {
        consumer = Map.copyOf(consumer);
        containers = Map.copyOf(containers);
        namespaces = Set.copyOf(namespaces);
        if (topic.isBlank()) {
            throw new IllegalArgumentException(
                    "the topic of the log shipper has no name; the usual one is " + DEFAULT_TOPIC);
        }
        if (containers.isEmpty()) {
            throw new IllegalArgumentException("no container is named whose log is to be read from " + topic);
        }
        if (lateness.isNegative() || lookBack.isNegative()) {
            throw new IllegalArgumentException(
                    "lateness and look-back cannot be negative, but they are " + lateness + " and " + lookBack);
        }
        if (forgetAfter.compareTo(SOONEST_FORGOTTEN) < 0) {
            throw new IllegalArgumentException("a log is forgotten after an hour at the earliest, not after "
                    + forgetAfter + ": its shipper may come back");
        }
    }

    /** The usual topic and containers. */
    public static LogTopicConfig of(Map<String, Object> consumer) {
        return new LogTopicConfig(
                DEFAULT_TOPIC,
                consumer,
                DEFAULT_CONTAINERS,
                Set.of(),
                DEFAULT_LATENESS,
                DEFAULT_LOOK_BACK,
                DEFAULT_FORGET_AFTER);
    }
}
