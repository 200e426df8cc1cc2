package io.svidflow.topology;

import java.util.HashMap;
import java.util.Map;
import java.util.Properties;
import org.apache.kafka.streams.StreamsConfig;
import org.apache.kafka.streams.Topology;
import org.apache.kafka.streams.TopologyConfig;

/** The settings that every svidflow Streams application runs with, in tests as in production. */
public final class StreamsSettings {

    /** Topic of the bytes that no stage could read, with the error in the headers. */
    public static final String STREAMS_DEAD_LETTERS = "svidflow.streams-dead-letters";

    private StreamsSettings() {}

    /**
     * @param applicationId application id: its consumer group and the prefix of its internal topics
     * @param stateDir where the stores live; on a volume in production
     * @param overrides settings of the installation, e.g. bootstrap.servers; they win
     */
    public static Properties properties(String applicationId, String stateDir, Map<String, ?> overrides) {
        Map<String, Object> settings = new HashMap<>();
        settings.put(StreamsConfig.APPLICATION_ID_CONFIG, applicationId);
        settings.put(StreamsConfig.BOOTSTRAP_SERVERS_CONFIG, "localhost:9092");
        settings.put(StreamsConfig.STATE_DIR_CONFIG, stateDir);
        settings.put(StreamsConfig.PROCESSING_GUARANTEE_CONFIG, StreamsConfig.EXACTLY_ONCE_V2);
        settings.put(StreamsConfig.ENSURE_EXPLICIT_INTERNAL_RESOURCE_NAMING_CONFIG, true);
        settings.put(StreamsConfig.DESERIALIZATION_EXCEPTION_HANDLER_CLASS_CONFIG, DeadLetterHandler.class);
        settings.put(StreamsConfig.PROCESSING_EXCEPTION_HANDLER_CLASS_CONFIG, DeadLetterHandler.class);
        settings.put(StreamsConfig.ERRORS_DEAD_LETTER_QUEUE_TOPIC_NAME_CONFIG, STREAMS_DEAD_LETTERS);
        settings.put(StreamsConfig.PROCESSING_EXCEPTION_HANDLER_GLOBAL_ENABLED_CONFIG, true);
        // Facts wait for their watermark, so a task never waits for a topic that has nothing to say.
        settings.put(StreamsConfig.MAX_TASK_IDLE_MS_CONFIG, 0L);
        settings.put(StreamsConfig.TOPOLOGY_OPTIMIZATION_CONFIG, StreamsConfig.NO_OPTIMIZATION);
        settings.put(StreamsConfig.consumerPrefix("auto.offset.reset"), "earliest");
        settings.putAll(overrides);
        Properties properties = new Properties();
        properties.putAll(settings);
        return properties;
    }

    /** A topology that refuses stores and internal topics without a name. */
    static Topology namedTopology() {
        Map<String, Object> naming = Map.of(
                StreamsConfig.APPLICATION_ID_CONFIG,
                "svidflow",
                StreamsConfig.BOOTSTRAP_SERVERS_CONFIG,
                "localhost:9092",
                StreamsConfig.PROCESSING_EXCEPTION_HANDLER_GLOBAL_ENABLED_CONFIG,
                true,
                StreamsConfig.ENSURE_EXPLICIT_INTERNAL_RESOURCE_NAMING_CONFIG,
                true);
        return new Topology(new TopologyConfig(new StreamsConfig(naming)));
    }
}
