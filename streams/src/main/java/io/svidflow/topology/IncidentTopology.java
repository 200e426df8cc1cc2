package io.svidflow.topology;

import io.svidflow.diagnosis.Backoff;
import io.svidflow.diagnosis.ServerHealth;
import io.svidflow.remediation.Policy;
import io.svidflow.serde.EventSerdes;
import io.svidflow.serde.StateSerde;
import io.svidflow.signing.CommandSigner;
import io.svidflow.topic.Topic;
import io.svidflow.topic.Topics;
import io.svidflow.watermark.StreamProgress;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.function.Supplier;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.common.serialization.Serde;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.streams.Topology;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorSupplier;
import org.apache.kafka.streams.state.StoreBuilder;
import org.apache.kafka.streams.state.Stores;

/**
 * Stage 2, keyed by cluster: one writer per cluster.
 *
 * <pre>
 *  (pod-identity) (server-events) (remediation-results) (remediation-control)
 *        └───────────────┴───────┬──────┴────────────────────┘
 *               [incident-processor] ── records, instants, server, pending, applied, streams
 *        ┌──────────┬────────────┴─────────┬───────────────┬───────────────┐
 *   (findings) (incidents) (remediation-commands) (remediations) (remediation-refusals)
 * </pre>
 */
public final class IncidentTopology implements Supplier<Topology> {

    public static final String PROCESSOR = "incident-processor";
    /** {@code cluster, kind/name} to nodes, components, pods without identity, findings, incidents, commands. */
    public static final String RECORD_STORE = "incident-records";
    /** {@code cluster, name} to instants: the last tick, healthy siblings, progress of stage 1. */
    public static final String INSTANT_STORE = "incident-instants";
    /** {@code cluster} to the health of server, datastore and registrar. */
    public static final String SERVER_STORE = "incident-server";
    /** Events that wait until everybody has passed their time. */
    public static final String PENDING_STORE = "incident-pending";
    /** {@code cluster, time, fact} of facts about the server that were applied lately. */
    public static final String APPLIED_STORE = "incident-applied";
    /** How far each source of server facts has come. */
    public static final String STREAM_STORE = "incident-streams";

    private static final List<Topic<?>> INPUTS =
            List.of(Topics.POD_IDENTITY, Topics.SERVER_EVENTS, Topics.REMEDIATION_RESULTS, Topics.REMEDIATION_CONTROL);
    private static final List<Topic<?>> OUTPUTS = List.of(
            Topics.FINDINGS,
            Topics.INCIDENTS,
            Topics.REMEDIATION_COMMANDS,
            Topics.REMEDIATIONS,
            Topics.REMEDIATION_REFUSALS);
    static final List<Topic<?>> KEPT = List.of(
            Topics.POD_IDENTITY,
            Topics.FINDINGS,
            Topics.INCIDENTS,
            Topics.REMEDIATION_COMMANDS,
            Topics.REMEDIATIONS,
            Topics.SERVER_EVENTS,
            Topics.REMEDIATION_CONTROL,
            Topics.REMEDIATION_REFUSALS);

    /**
     * Settings of stage 2.
     *
     * @param backoff when agents try again: their sync_interval, and the version of those that do not tell theirs
     * @param lateAfter how long a source may be silent before nobody waits for it any more
     * @param mode what commands carry: observe; replay where no actor may see them
     * @param inMemory keep the stores in memory; their changelogs stay
     */
    public record Settings(Backoff backoff, Duration lateAfter, String mode, boolean inMemory) {

        public Settings {
            if (!List.of("observe", "replay").contains(mode)) {
                throw new IllegalArgumentException("mode must be observe or replay, but is " + mode);
            }
        }

        /** @param syncInterval sync_interval of agents of a recent version */
        public Settings(Duration syncInterval, Duration lateAfter, String mode, boolean inMemory) {
            this(new Backoff(syncInterval), lateAfter, mode, inMemory);
        }

        /** SPIRE's default interval, observing. */
        public static Settings defaults() {
            return new Settings(Duration.ofSeconds(5), Duration.ofSeconds(15), "observe", false);
        }
    }

    private final Settings settings;
    private final Policy policy;
    private final CommandSigner signer;
    private final EventSerdes serdes;

    /** Observes: no command that changes anything is planned. */
    public IncidentTopology(Settings settings, EventSerdes serdes) {
        this(settings, settings.mode().equals("replay") ? Policy.replaying() : Policy.observing(), null, serdes);
    }

    /**
     * @param policy what remediation may do
     * @param signer signs commands; null: there is no key, and nothing can be carried out
     */
    public IncidentTopology(Settings settings, Policy policy, CommandSigner signer, EventSerdes serdes) {
        this.settings = settings;
        this.policy = policy;
        this.signer = signer;
        this.serdes = serdes;
        if (policy.signs() != (signer != null)) {
            throw new IllegalArgumentException("the policy must say whether there is a key to sign with");
        }
    }

    @Override
    public Topology get() {
        Topology topology = StreamsSettings.namedTopology();
        for (Topic<?> topic : INPUTS) {
            topology.addSource(
                    IdentityTopology.source(topic),
                    Serdes.String().deserializer(),
                    serdes.forTopic(topic).deserializer(),
                    topic.name());
        }
        String[] sources = INPUTS.stream().map(IdentityTopology::source).toArray(String[]::new);
        topology.addProcessor(PROCESSOR, new Supplied(), sources);
        OUTPUTS.forEach(topic -> addSink(topology, topic));
        return topology;
    }

    private <V extends SpecificRecord> void addSink(Topology topology, Topic<V> topic) {
        topology.addSink(
                sink(topic),
                topic.name(),
                Serdes.String().serializer(),
                serdes.forTopic(topic).serializer(),
                PROCESSOR);
    }

    /** Name of the sink node of a topic. */
    public static String sink(Topic<?> topic) {
        return topic.name().substring("svidflow.".length()) + "-sink";
    }

    private final class Supplied implements ProcessorSupplier<String, SpecificRecord, String, SpecificRecord> {

        private final Serde<SpecificRecord> events = EventBytes.of(serdes, KEPT);

        @Override
        public Processor<String, SpecificRecord, String, SpecificRecord> get() {
            return new IncidentProcessor(settings, policy, signer, events);
        }

        @Override
        public Set<StoreBuilder<?>> stores() {
            return Set.of(
                    store(RECORD_STORE, events),
                    store(INSTANT_STORE, StateSerde.of(Instant.class)),
                    store(SERVER_STORE, StateSerde.of(ServerHealth.class)),
                    store(PENDING_STORE, events),
                    store(APPLIED_STORE, Serdes.String()),
                    store(STREAM_STORE, StateSerde.of(StreamProgress.class)));
        }

        private <V> StoreBuilder<?> store(String name, Serde<V> values) {
            return Stores.keyValueStoreBuilder(
                    settings.inMemory() ? Stores.inMemoryKeyValueStore(name) : Stores.persistentKeyValueStore(name),
                    Serdes.String(),
                    values);
        }
    }
}
