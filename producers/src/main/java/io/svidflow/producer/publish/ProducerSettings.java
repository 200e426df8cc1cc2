package io.svidflow.producer.publish;

import java.util.HashMap;
import java.util.Map;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.common.config.ConfigException;

/** Settings of the Kafka producer: what svidflow relies on, its defaults, and everything else as it is given. */
public final class ProducerSettings {

    /** Without these a heartbeat could overtake a fact, a fact get lost, or the facts of a node part company. */
    private static final Map<String, String> RELIED_ON = Map.of(
            ProducerConfig.ENABLE_IDEMPOTENCE_CONFIG, "true",
            ProducerConfig.ACKS_CONFIG, "all",
            ProducerConfig.PARTITIONER_IGNORE_KEYS_CONFIG, "false");

    private static final Map<String, Object> DEFAULTS = Map.of(
            ProducerConfig.CLIENT_ID_CONFIG,
            "svidflow-producers",
            ProducerConfig.COMPRESSION_TYPE_CONFIG,
            "lz4",
            ProducerConfig.LINGER_MS_CONFIG,
            5,
            ProducerConfig.BATCH_SIZE_CONFIG,
            64 * 1024,
            ProducerConfig.BUFFER_MEMORY_CONFIG,
            32L * 1024 * 1024,
            // Long enough for a broker to restart; then whoever starts the producers should hear of it.
            ProducerConfig.MAX_BLOCK_MS_CONFIG,
            60_000L);

    /** What a process that runs for months adds: an outage of the brokers, however long, ends by itself. */
    private static final Map<String, Object> WITHOUT_GIVING_UP = Map.of(
            ProducerConfig.DELIVERY_TIMEOUT_MS_CONFIG,
            Integer.MAX_VALUE,
            ProducerConfig.RETRIES_CONFIG,
            Integer.MAX_VALUE,
            // Whoever waits tries again and again; this is how long one attempt may hold up the others.
            ProducerConfig.MAX_BLOCK_MS_CONFIG,
            5_000L);

    private ProducerSettings() {}

    /**
     * The same for a producer that retries until the brokers answer.
     *
     * @param given settings of the installation; they win over the defaults
     * @throws ConfigException if a setting would break what svidflow relies on
     */
    public static Map<String, Object> withoutGivingUp(Map<String, ?> given) {
        Map<String, Object> settings = new HashMap<>(WITHOUT_GIVING_UP);
        settings.putAll(given);
        return of(settings);
    }

    /**
     * @param given settings of the installation; they win over the defaults
     * @throws ConfigException if a setting would break what svidflow relies on
     */
    static Map<String, Object> of(Map<String, ?> given) {
        RELIED_ON.forEach((name, value) -> {
            Object wanted = given.get(name);
            if (wanted != null && !isSame(name, wanted.toString(), value)) {
                throw new ConfigException(name, wanted, "svidflow relies on " + value + ": leave it out");
            }
        });
        if (given.get(ProducerConfig.PARTITIONER_CLASS_CONFIG) != null) {
            throw new ConfigException(
                    ProducerConfig.PARTITIONER_CLASS_CONFIG,
                    given.get(ProducerConfig.PARTITIONER_CLASS_CONFIG),
                    "facts of a node must share a partition number in all topics: leave it out");
        }
        Map<String, Object> settings = new HashMap<>(DEFAULTS);
        settings.putAll(given);
        settings.putAll(RELIED_ON);
        return settings;
    }

    private static boolean isSame(String name, String wanted, String value) {
        return wanted.equalsIgnoreCase(value) || (name.equals(ProducerConfig.ACKS_CONFIG) && wanted.equals("-1"));
    }
}
