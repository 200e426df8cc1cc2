package io.svidflow.cli.run;

import io.svidflow.cli.BadInput;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;

/**
 * The settings of an installation, from environment variables.
 *
 * <ul>
 *   <li>{@code SVIDFLOW_BOOTSTRAP_SERVERS}: Kafka, e.g. kafka:9092
 *   <li>{@code SVIDFLOW_SCHEMA_REGISTRY_URL}: a registry with Confluent's API, e.g. http://registry:8081
 *   <li>{@code SVIDFLOW_STATE_DIR}: where state is kept; on a volume
 *   <li>{@code SVIDFLOW_PARTITIONS}: partitions of the topics that are keyed by node (default 6)
 *   <li>{@code SVIDFLOW_KAFKA_…}: any other setting of Kafka or of the serdes, e.g. SVIDFLOW_KAFKA_SECURITY_PROTOCOL
 * </ul>
 *
 * @param settings settings for clients and serdes
 * @param stateDir where state is kept
 * @param partitions partitions of the topics that are keyed by node
 */
public record Installation(Map<String, Object> settings, String stateDir, int partitions) {

    private static final String PREFIX = "SVIDFLOW_KAFKA_";

    public Installation {
        settings = Map.copyOf(settings);
        if (partitions < 1 || partitions > 10_000) {
            throw new BadInput("SVIDFLOW_PARTITIONS", "is " + partitions, "give a number from 1 to 10000");
        }
    }

    /**
     * Reads the environment.
     *
     * @throws BadInput if a variable is missing or wrong
     */
    public static Installation from(Map<String, String> environment) {
        Map<String, Object> settings = new HashMap<>();
        environment.forEach((name, value) -> {
            if (name.startsWith(PREFIX)) {
                settings.put(
                        name.substring(PREFIX.length()).toLowerCase(Locale.ROOT).replace('_', '.'), value);
            }
        });
        settings.put("bootstrap.servers", required(environment, "SVIDFLOW_BOOTSTRAP_SERVERS", "kafka:9092"));
        settings.put(
                "schema.registry.url", required(environment, "SVIDFLOW_SCHEMA_REGISTRY_URL", "http://registry:8081"));
        String partitions = environment.getOrDefault("SVIDFLOW_PARTITIONS", "6");
        try {
            return new Installation(
                    settings,
                    environment.getOrDefault("SVIDFLOW_STATE_DIR", System.getProperty("user.home") + "/.svidflow"),
                    Integer.parseInt(partitions));
        } catch (NumberFormatException e) {
            throw new BadInput("SVIDFLOW_PARTITIONS", "is " + partitions + ", which is no number", "give e.g. 6");
        }
    }

    private static String required(Map<String, String> environment, String name, String example) {
        String value = environment.get(name);
        if (value == null || value.isBlank()) {
            throw new BadInput(name, "is not set", "set it, e.g. to " + example);
        }
        return value;
    }
}
