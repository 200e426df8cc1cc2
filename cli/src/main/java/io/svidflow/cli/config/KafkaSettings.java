package io.svidflow.cli.config;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** What is said of Kafka: two settings of ours, and whatever else the clients and the serdes know, passed on. */
public final class KafkaSettings {

    /** Block of the file that is passed on. */
    static final String BLOCK = "kafka";

    static final Key<String> BOOTSTRAP_SERVERS = Key.required(
                    "kafka.bootstrap.servers",
                    Form.TEXT,
                    "kafka:9092",
                    "Kafka's brokers. Under kafka stand all settings of Kafka's clients and of the serdes by their own names,"
                            + " e.g. security.protocol, sasl.jaas.config, ssl.truststore.location; in the environment"
                            + " as SVIDFLOW_KAFKA_SECURITY_PROTOCOL.")
            .alsoBy("SVIDFLOW_BOOTSTRAP_SERVERS");
    static final Key<String> REGISTRY = Key.required(
                    "registry.url",
                    Form.TEXT,
                    "http://registry:8081",
                    "Schema registries with Confluent's API, tried in turn, separated by commas.")
            .alsoBy("SVIDFLOW_SCHEMA_REGISTRY_URL");

    private static final String PREFIX = "SVIDFLOW_KAFKA_";

    private KafkaSettings() {}

    static List<Key<?>> keys() {
        return List.of(BOOTSTRAP_SERVERS, REGISTRY);
    }

    static Map<String, Object> read(Section all, JsonNode tree, Map<String, String> environment) {
        Map<String, Object> settings = new HashMap<>();
        flatten("", tree.path(BLOCK), settings);
        environment.forEach((name, value) -> {
            if (name.startsWith(PREFIX)) {
                settings.put(
                        name.substring(PREFIX.length()).toLowerCase(Locale.ROOT).replace('_', '.'), value);
            }
        });
        settings.put("bootstrap.servers", all.get(BOOTSTRAP_SERVERS, ""));
        settings.put("schema.registry.url", all.get(REGISTRY, ""));
        return settings;
    }

    private static void flatten(String path, JsonNode node, Map<String, Object> settings) {
        if (node.isObject()) {
            for (Map.Entry<String, JsonNode> child : node.properties()) {
                flatten(path.isEmpty() ? child.getKey() : path + "." + child.getKey(), child.getValue(), settings);
            }
        } else if (node.isValueNode() && !node.isNull()) {
            settings.put(path, node.asText());
        }
    }
}
