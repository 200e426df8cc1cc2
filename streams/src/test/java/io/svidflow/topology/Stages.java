package io.svidflow.topology;

import static io.svidflow.scene.Scene.CLUSTER;
import static io.svidflow.scene.Scene.KUBERNETES;
import static io.svidflow.scene.Scene.NODE_KEY;
import static io.svidflow.scene.Scene.SPIRE;
import static io.svidflow.scene.Scene.at;
import static io.svidflow.scene.Scene.heartbeat;

import io.svidflow.event.Farewell;
import io.svidflow.event.Finding;
import io.svidflow.event.Incident;
import io.svidflow.event.PodIdentityEvent;
import io.svidflow.event.Progress;
import io.svidflow.event.ServerEvent;
import io.svidflow.identity.Graces;
import io.svidflow.serde.EventSerdes;
import io.svidflow.topic.Topic;
import io.svidflow.topic.Topics;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.streams.StreamsConfig;
import org.apache.kafka.streams.TestInputTopic;
import org.apache.kafka.streams.TestOutputTopic;
import org.apache.kafka.streams.TopologyTestDriver;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.test.TestRecord;

/** Both stages with the settings of production, one after the other, and what came out of them. */
final class Stages implements AutoCloseable {

    /**
     * The driver fetches from nowhere, so that to wait for other topics would be to wait for ever; and it drops what a
     * transaction sent when nothing but dead letters came of a record.
     */
    private static final Map<String, ?> FOR_THE_DRIVER = Map.of(
            StreamsConfig.MAX_TASK_IDLE_MS_CONFIG,
            StreamsConfig.MAX_TASK_IDLE_MS_DISABLED,
            StreamsConfig.PROCESSING_GUARANTEE_CONFIG,
            StreamsConfig.AT_LEAST_ONCE);

    private final EventSerdes serdes = new EventSerdes(Map.of("schema.registry.url", "mock://" + UUID.randomUUID()));
    private final TopologyTestDriver identity;
    private final TopologyTestDriver incident;
    private final TestOutputTopic<byte[], byte[]> letters;
    private final Map<String, TestInputTopic<String, ?>> inputs = new HashMap<>();
    private final Map<String, TestOutputTopic<String, ?>> outputs = new HashMap<>();
    private final List<PodIdentityEvent> transitions = new ArrayList<>();
    private final List<Finding> findings = new ArrayList<>();
    private final List<Incident> incidents = new ArrayList<>();
    private final List<SpecificRecord> others = new ArrayList<>();

    Stages(Path stateDir) {
        identity = new TopologyTestDriver(
                new IdentityTopology(
                                new IdentityTopology.Settings(Graces.defaults(), Duration.ofSeconds(15), 1, true),
                                serdes)
                        .get(),
                StreamsSettings.properties("svidflow-identity", stateDir.toString(), FOR_THE_DRIVER),
                at(0));
        incident = new TopologyTestDriver(
                new IncidentTopology(
                                new IncidentTopology.Settings(
                                        Duration.ofSeconds(5), Duration.ofSeconds(15), "observe", true),
                                serdes)
                        .get(),
                StreamsSettings.properties("svidflow-incident", stateDir.toString(), FOR_THE_DRIVER),
                at(0));
        letters = identity.createOutputTopic(
                StreamsSettings.STREAMS_DEAD_LETTERS, new ByteArrayDeserializer(), new ByteArrayDeserializer());
    }

    /** A fact about {@link io.svidflow.scene.Scene#NODE} is published at the given second. */
    void publish(double second, SpecificRecord event) {
        publish(event instanceof ServerEvent ? CLUSTER : NODE_KEY, second, event);
    }

    void publish(String key, double second, SpecificRecord event) {
        if (event instanceof ServerEvent) {
            pipe(incident, Topics.SERVER_EVENTS, key, event, at(second));
        } else {
            pipe(identity, topic(event), key, event, at(second));
        }
        handOver(at(second));
    }

    /** Bytes that are no event. */
    void publishBytes(Topic<?> topic, double second, byte[] value) {
        identity.createInputTopic(topic.name(), new ByteArraySerializer(), new ByteArraySerializer())
                .pipeInput(NODE_KEY.getBytes(StandardCharsets.UTF_8), value, at(second));
        handOver(at(second));
    }

    /** All sources have published everything up to here. */
    void heartbeats(double until) {
        heartbeats(until, List.of(KUBERNETES, SPIRE));
    }

    /** Only these sources have. */
    void heartbeats(double until, List<String> sources) {
        if (sources.contains(KUBERNETES)) {
            beat(KUBERNETES, Topics.NODE_EVENTS, until);
            beat(KUBERNETES, Topics.POD_EVENTS, until);
        }
        if (sources.contains(SPIRE)) {
            beat(SPIRE, Topics.ENTRY_EVENTS, until);
            beat(SPIRE, Topics.AGENT_EVENTS, until);
            beat(SPIRE, Topics.SVID_FETCH_EVENTS, until);
            beat(SPIRE, Topics.SERVER_EVENTS, until);
        }
    }

    /** The source of the server takes its leave, having published everything up to {@code until}. */
    void farewell(double second, double until, Farewell farewell) {
        for (Topic<?> topic :
                List.of(Topics.ENTRY_EVENTS, Topics.AGENT_EVENTS, Topics.SVID_FETCH_EVENTS, Topics.SERVER_EVENTS)) {
            publish(CLUSTER, second, heartbeat(null, SPIRE, topic.name(), until, -3600, List.of(), farewell));
        }
    }

    private void beat(String source, Topic<?> topic, double until) {
        List<String> expected = topic.equals(Topics.SERVER_EVENTS)
                ? List.of(SPIRE + "@" + topic.name())
                : List.of(
                        KUBERNETES + "@" + Topics.NODE_EVENTS.name(),
                        KUBERNETES + "@" + Topics.POD_EVENTS.name(),
                        SPIRE + "@" + Topics.ENTRY_EVENTS.name(),
                        SPIRE + "@" + Topics.AGENT_EVENTS.name(),
                        SPIRE + "@" + Topics.SVID_FETCH_EVENTS.name());
        publish(CLUSTER, until, heartbeat(null, source, topic.name(), until, -3600, expected));
    }

    private void handOver(Instant publishedAt) {
        for (PodIdentityEvent event : output(identity, Topics.POD_IDENTITY)) {
            transitions.add(event);
            pipe(incident, Topics.POD_IDENTITY, event.getCluster(), event, publishedAt);
        }
        findings.addAll(output(incident, Topics.FINDINGS));
        incidents.addAll(output(incident, Topics.INCIDENTS));
        others.addAll(output(incident, Topics.REMEDIATION_COMMANDS));
        others.addAll(output(incident, Topics.REMEDIATIONS));
    }

    /** Conclusions of stage 1, progress apart. */
    List<PodIdentityEvent> transitions() {
        return transitions.stream()
                .filter(event -> !(event.getBody() instanceof Progress))
                .toList();
    }

    List<Finding> findings() {
        return findings;
    }

    List<Incident> incidents() {
        return incidents;
    }

    /** Commands and what came of them. */
    List<SpecificRecord> others() {
        return others;
    }

    List<TestRecord<byte[], byte[]>> deadLetters() {
        return letters.readRecordsToList();
    }

    /** How many records each store holds. */
    Map<String, Long> sizes() {
        Map<String, Long> sizes = new TreeMap<>();
        for (TopologyTestDriver driver : List.of(identity, incident)) {
            driver.getAllStateStores().keySet().forEach(name -> sizes.put(name, size(driver, name)));
        }
        return sizes;
    }

    private static long size(TopologyTestDriver driver, String store) {
        long size = 0;
        try (KeyValueIterator<Object, Object> all =
                driver.getKeyValueStore(store).all()) {
            while (all.hasNext()) {
                all.next();
                size++;
            }
        }
        return size;
    }

    @Override
    public void close() {
        identity.close();
        incident.close();
    }

    private static Topic<?> topic(SpecificRecord event) {
        return Topics.NODE_FACTS.stream()
                .filter(topic -> topic.valueType().equals(event.getClass()))
                .findFirst()
                .orElseThrow();
    }

    @SuppressWarnings("unchecked") // the topic's values are of the event's class
    private <V extends SpecificRecord> void pipe(
            TopologyTestDriver driver, Topic<V> topic, String key, SpecificRecord event, Instant at) {
        TestInputTopic<String, V> input = (TestInputTopic<String, V>) inputs.computeIfAbsent(
                topic.name(),
                name -> driver.createInputTopic(
                        name,
                        Serdes.String().serializer(),
                        serdes.forTopic(topic).serializer()));
        input.pipeInput(key, (V) event, at);
    }

    @SuppressWarnings("unchecked") // the topic's values are of its class
    private <V extends SpecificRecord> List<V> output(TopologyTestDriver driver, Topic<V> topic) {
        TestOutputTopic<String, V> output = (TestOutputTopic<String, V>) outputs.computeIfAbsent(
                topic.name(),
                name -> driver.createOutputTopic(
                        name,
                        Serdes.String().deserializer(),
                        serdes.forTopic(topic).deserializer()));
        return output.readValuesToList();
    }
}
