package io.svidflow.cli.replay;

import io.svidflow.diagnosis.Backoff;
import io.svidflow.event.Finding;
import io.svidflow.event.Incident;
import io.svidflow.event.PodIdentityEvent;
import io.svidflow.event.Remediation;
import io.svidflow.event.RemediationCommand;
import io.svidflow.event.RemediationRefusal;
import io.svidflow.producer.Publication;
import io.svidflow.producer.bundle.IncidentManifest;
import io.svidflow.remediation.Policy;
import io.svidflow.serde.EventSerdes;
import io.svidflow.topic.Topic;
import io.svidflow.topic.Topics;
import io.svidflow.topology.IdentityTopology;
import io.svidflow.topology.IncidentTopology;
import io.svidflow.topology.StreamsSettings;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Comparator;
import java.util.HashMap;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Stream;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.streams.StreamsConfig;
import org.apache.kafka.streams.TestInputTopic;
import org.apache.kafka.streams.TestOutputTopic;
import org.apache.kafka.streams.TopologyTestDriver;
import org.apache.kafka.streams.errors.LogAndFailExceptionHandler;
import org.apache.kafka.streams.errors.LogAndFailProcessingExceptionHandler;

/**
 * The production topologies over a recorded incident: in event time, with one partition, without a broker, a clock, a
 * network or an actor. The same publications give the same conclusions, whenever and wherever they are replayed.
 */
public final class Replay implements AutoCloseable {

    /** A fault of the program must not look like a quiet incident. */
    private static final Map<String, ?> STRICT = Map.of(
            StreamsConfig.PROCESSING_EXCEPTION_HANDLER_CLASS_CONFIG,
            LogAndFailProcessingExceptionHandler.class,
            StreamsConfig.DESERIALIZATION_EXCEPTION_HANDLER_CLASS_CONFIG,
            LogAndFailExceptionHandler.class,
            StreamsConfig.MAX_TASK_IDLE_MS_CONFIG,
            StreamsConfig.MAX_TASK_IDLE_MS_DISABLED);

    private final Path stateDir;
    private final TopologyTestDriver identity;
    private final TopologyTestDriver incident;
    private final Map<Topic<?>, TestInputTopic<String, SpecificRecord>> facts = new HashMap<>();
    private final TestOutputTopic<String, PodIdentityEvent> concluded;
    private final TestInputTopic<String, SpecificRecord> conclusions;
    private final TestInputTopic<String, SpecificRecord> serverEvents;
    private final TestOutputTopic<String, Finding> findings;
    private final TestOutputTopic<String, Incident> incidents;
    private final TestOutputTopic<String, RemediationCommand> commands;
    private final TestOutputTopic<String, Remediation> remediations;
    private final TestOutputTopic<String, RemediationRefusal> refusals;

    /**
     * @param identitySettings settings of stage 1; one partition
     * @param incidentSettings settings of stage 2
     * @param start event time at which the replay begins
     */
    public Replay(
            IdentityTopology.Settings identitySettings, IncidentTopology.Settings incidentSettings, Instant start) {
        this(identitySettings, incidentSettings, Policy.replaying(), start);
    }

    /** @param policy what remediation would have been allowed; never LIVE */
    private Replay(
            IdentityTopology.Settings identitySettings,
            IncidentTopology.Settings incidentSettings,
            Policy policy,
            Instant start) {
        EventSerdes serdes = new EventSerdes(Map.of("schema.registry.url", "mock://replay-" + UUID.randomUUID()));
        stateDir = temporary();
        identity = new TopologyTestDriver(
                new IdentityTopology(identitySettings, serdes).get(),
                StreamsSettings.properties("svidflow-identity", stateDir.toString(), STRICT),
                start);
        incident = new TopologyTestDriver(
                new IncidentTopology(incidentSettings, policy, null, serdes).get(),
                StreamsSettings.properties("svidflow-incident", stateDir.toString(), STRICT),
                start);
        Topics.NODE_FACTS.forEach(topic -> facts.put(topic, input(identity, serdes, topic)));
        concluded = output(identity, serdes, Topics.POD_IDENTITY);
        conclusions = input(incident, serdes, Topics.POD_IDENTITY);
        serverEvents = input(incident, serdes, Topics.SERVER_EVENTS);
        findings = output(incident, serdes, Topics.FINDINGS);
        incidents = output(incident, serdes, Topics.INCIDENTS);
        commands = output(incident, serdes, Topics.REMEDIATION_COMMANDS);
        remediations = output(incident, serdes, Topics.REMEDIATIONS);
        refusals = output(incident, serdes, Topics.REMEDIATION_REFUSALS);
    }

    /** The settings with which bundles are replayed, for agents with SPIRE's defaults. */
    public static Replay from(Instant start) {
        return from(start, IncidentTopology.Settings.defaults().backoff(), Policy.replaying());
    }

    /** The settings with which a bundle is replayed: what it says of its agents, and SPIRE's defaults. */
    public static Replay of(IncidentManifest manifest) {
        return from(manifest.start(), AgentSettings.of(manifest), Policy.replaying());
    }

    /** The same, if svidflow had been allowed to act on everything that it can act on. */
    public static Replay rehearsing(IncidentManifest manifest) {
        return from(manifest.start(), AgentSettings.of(manifest), Policy.rehearsing());
    }

    private static Replay from(Instant start, Backoff backoff, Policy policy) {
        IdentityTopology.Settings first = IdentityTopology.Settings.defaults(1);
        IncidentTopology.Settings second = IncidentTopology.Settings.defaults();
        return new Replay(
                new IdentityTopology.Settings(first.graces(), first.lateAfter(), 1, true),
                new IncidentTopology.Settings(backoff, second.lateAfter(), "replay", true),
                policy,
                start);
    }

    /** Plays the publications in the order given; what they led to. */
    public Conclusions play(Iterable<Publication> publications) {
        Conclusions conclusion = new Conclusions();
        for (Publication publication : publications) {
            publish(publication, conclusion);
            collect(conclusion);
        }
        return conclusion;
    }

    private void publish(Publication publication, Conclusions said) {
        TestInputTopic<String, SpecificRecord> topic = facts.get(publication.topic());
        if (topic != null) {
            topic.pipeInput(publication.key(), publication.value(), publication.observedAt());
            while (!concluded.isEmpty()) {
                var conclusion = concluded.readRecord();
                said.add(conclusion.value());
                conclusions.pipeInput(conclusion.key(), conclusion.value(), publication.observedAt());
            }
        } else if (publication.topic().equals(Topics.SERVER_EVENTS)) {
            serverEvents.pipeInput(publication.key(), publication.value(), publication.observedAt());
        }
    }

    private void collect(Conclusions conclusion) {
        findings.readValuesToList().forEach(conclusion::add);
        incidents.readValuesToList().forEach(conclusion::add);
        commands.readValuesToList().forEach(conclusion::add);
        remediations.readValuesToList().forEach(conclusion::add);
        refusals.readValuesToList().forEach(conclusion::add);
    }

    @Override
    public void close() {
        identity.close();
        incident.close();
        try (Stream<Path> files = Files.walk(stateDir)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(file);
            }
        } catch (IOException e) {
            throw new UncheckedIOException("cannot remove " + stateDir, e);
        }
    }

    private static Path temporary() {
        try {
            return Files.createTempDirectory("svidflow-replay");
        } catch (IOException e) {
            throw new UncheckedIOException(
                    "cannot create a temporary folder in " + System.getProperty("java.io.tmpdir"), e);
        }
    }

    @SuppressWarnings("unchecked") // every topic's values are specific records
    private static <V extends SpecificRecord> TestInputTopic<String, SpecificRecord> input(
            TopologyTestDriver driver, EventSerdes serdes, Topic<V> topic) {
        return (TestInputTopic<String, SpecificRecord>) (TestInputTopic<String, ?>) driver.createInputTopic(
                topic.name(),
                Serdes.String().serializer(),
                serdes.forTopic(topic).serializer());
    }

    private static <V extends SpecificRecord> TestOutputTopic<String, V> output(
            TopologyTestDriver driver, EventSerdes serdes, Topic<V> topic) {
        return driver.createOutputTopic(
                topic.name(),
                Serdes.String().deserializer(),
                serdes.forTopic(topic).deserializer());
    }
}
