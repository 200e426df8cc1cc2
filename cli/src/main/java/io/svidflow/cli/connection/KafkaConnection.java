package io.svidflow.cli.connection;

import io.svidflow.cli.BadInput;
import java.io.IOException;
import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.Locale;
import java.util.Map;
import java.util.Properties;
import java.util.SortedMap;
import java.util.TreeMap;
import picocli.CommandLine.Option;

/**
 * Options of every verb that talks to Kafka. Each has an environment variable, so that a container needs no command
 * line; the command line wins over the environment, which wins over the file.
 */
public final class KafkaConnection {

    private static final String PREFIX = "SVIDFLOW_KAFKA_";

    @Option(
            names = "--bootstrap-servers",
            paramLabel = "HOST:PORT,...",
            defaultValue = "${env:SVIDFLOW_BOOTSTRAP_SERVERS}",
            description = "Kafka brokers to begin with (SVIDFLOW_BOOTSTRAP_SERVERS).")
    private String bootstrapServers;

    @Option(
            names = "--schema-registry-url",
            paramLabel = "URL",
            defaultValue = "${env:SVIDFLOW_SCHEMA_REGISTRY_URL}",
            description = "Schema registry that speaks Confluent's API (SVIDFLOW_SCHEMA_REGISTRY_URL).")
    private String schemaRegistryUrl;

    @Option(
            names = "--kafka-config",
            paramLabel = "FILE",
            defaultValue = "${env:SVIDFLOW_KAFKA_CONFIG}",
            description = "Properties file with client settings, e.g. for TLS (SVIDFLOW_KAFKA_CONFIG). A single setting"
                    + " may be a variable: SVIDFLOW_KAFKA_SECURITY_PROTOCOL is security.protocol.")
    private Path file;

    /**
     * Settings for Kafka clients and serdes, by the names that these clients give them.
     *
     * @param environment environment variables
     * @throws BadInput when the brokers or the registry are not named, or the file cannot be read
     */
    public SortedMap<String, String> settings(Map<String, String> environment) {
        SortedMap<String, String> settings = new TreeMap<>(fromFile());
        environment.forEach((name, value) -> {
            if (name.startsWith(PREFIX) && !name.equals("SVIDFLOW_KAFKA_CONFIG")) {
                settings.put(
                        name.substring(PREFIX.length()).toLowerCase(Locale.ROOT).replace('_', '.'), value);
            }
        });
        put(settings, "bootstrap.servers", bootstrapServers);
        put(settings, "schema.registry.url", schemaRegistryUrl);
        require(settings, "bootstrap.servers", "--bootstrap-servers", "SVIDFLOW_BOOTSTRAP_SERVERS");
        require(settings, "schema.registry.url", "--schema-registry-url", "SVIDFLOW_SCHEMA_REGISTRY_URL");
        return Collections.unmodifiableSortedMap(settings);
    }

    private Map<String, String> fromFile() {
        if (file == null) {
            return Map.of();
        }
        Properties properties = new Properties();
        try (Reader reader = Files.newBufferedReader(file)) {
            properties.load(reader);
        } catch (IOException | IllegalArgumentException e) {
            throw new BadInput(file.toString(), "cannot be read as properties (" + e + ")", "check --kafka-config");
        }
        SortedMap<String, String> settings = new TreeMap<>();
        properties.stringPropertyNames().forEach(name -> settings.put(name, properties.getProperty(name)));
        return settings;
    }

    private static void put(SortedMap<String, String> settings, String key, String value) {
        if (value != null && !value.isBlank()) {
            settings.put(key, value);
        }
    }

    private static void require(SortedMap<String, String> settings, String key, String option, String variable) {
        if (!settings.containsKey(key)) {
            throw new BadInput(option, "is missing", "give it, or set " + variable);
        }
    }
}
