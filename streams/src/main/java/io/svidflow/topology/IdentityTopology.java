package io.svidflow.topology;

import io.svidflow.identity.EntryIssuance;
import io.svidflow.identity.Graces;
import io.svidflow.identity.NodeRecord;
import io.svidflow.identity.PodRecord;
import io.svidflow.serde.EventSerdes;
import io.svidflow.serde.StateSerde;
import io.svidflow.topic.Topic;
import io.svidflow.topic.Topics;
import io.svidflow.watermark.StreamProgress;
import java.time.Duration;
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
 * Stage 1, keyed by node.
 *
 * <pre>
 *  (node-events) (pod-events) (entry-events) (svid-fetch-events) (agent-events)
 *        └────────────┴────────────┼─────────────┴──────────────────┘
 *                          [identity-processor] ── nodes, pods, entries, components, pending, applied, streams
 *                                  │
 *                           (pod-identity)
 * </pre>
 */
public final class IdentityTopology implements Supplier<Topology> {

    public static final String PROCESSOR = "identity-processor";
    public static final String SINK = "pod-identity-sink";
    /** {@code cluster/node} to what is known of the node and its agent. */
    public static final String NODE_STORE = "identity-nodes";
    /** {@code cluster/node, pod uid} to what is known of the pod. */
    public static final String POD_STORE = "identity-pods";
    /** {@code cluster/node, entry id} to its signatures. */
    public static final String ENTRY_STORE = "identity-entries";
    /** {@code cluster/node, pod uid} to what was last told about a server or datastore pod. */
    public static final String COMPONENT_STORE = "identity-components";
    /** Facts that wait for their node's watermark, in the order in which they will be applied. */
    public static final String PENDING_STORE = "identity-pending";
    /** {@code cluster/node, time, fact} of facts that were applied lately. */
    public static final String APPLIED_STORE = "identity-applied";
    /** How far each source has come on each topic. */
    public static final String STREAM_STORE = "identity-streams";

    /**
     * Settings of stage 1.
     *
     * @param lateAfter how long a source may be silent before nobody waits for it any more
     * @param partitions partitions of the topics that are keyed by node
     * @param inMemory keep the stores in memory; their changelogs stay
     */
    public record Settings(Graces graces, Duration lateAfter, int partitions, boolean inMemory) {

        public Settings {
            if (partitions < 1) {
                throw new IllegalArgumentException("partitions must be at least 1, but is " + partitions);
            }
            if (lateAfter.isNegative() || lateAfter.isZero()) {
                throw new IllegalArgumentException("lateAfter must be positive, but is " + lateAfter);
            }
        }

        /** SPIRE's default intervals, sources late after 15 s. */
        public static Settings defaults(int partitions) {
            return new Settings(Graces.defaults(), Duration.ofSeconds(15), partitions, false);
        }
    }

    private final Settings settings;
    private final EventSerdes serdes;

    public IdentityTopology(Settings settings, EventSerdes serdes) {
        this.settings = settings;
        this.serdes = serdes;
    }

    @Override
    public Topology get() {
        Topology topology = StreamsSettings.namedTopology();
        for (Topic<?> topic : Topics.NODE_FACTS) {
            topology.addSource(
                    source(topic),
                    new Serdes.StringSerde().deserializer(),
                    serdes.forTopic(topic).deserializer(),
                    topic.name());
        }
        String[] sources =
                Topics.NODE_FACTS.stream().map(IdentityTopology::source).toArray(String[]::new);
        topology.addProcessor(PROCESSOR, processor(), sources);
        topology.addSink(
                SINK,
                Topics.POD_IDENTITY.name(),
                new Serdes.StringSerde().serializer(),
                serdes.forTopic(Topics.POD_IDENTITY).serializer(),
                PROCESSOR);
        return topology;
    }

    /** The processor and its stores. */
    ProcessorSupplier<String, SpecificRecord, String, io.svidflow.event.PodIdentityEvent> processor() {
        return new Supplied();
    }

    /** Name of the source node of a topic. */
    public static String source(Topic<?> topic) {
        return topic.name().substring("svidflow.".length()) + "-source";
    }

    private final class Supplied
            implements ProcessorSupplier<String, SpecificRecord, String, io.svidflow.event.PodIdentityEvent> {

        private final Serde<SpecificRecord> facts = EventBytes.of(serdes, Topics.NODE_FACTS);

        @Override
        public Processor<String, SpecificRecord, String, io.svidflow.event.PodIdentityEvent> get() {
            return new IdentityProcessor(settings, facts);
        }

        @Override
        public Set<StoreBuilder<?>> stores() {
            return Set.of(
                    store(NODE_STORE, StateSerde.of(NodeRecord.class)),
                    store(POD_STORE, StateSerde.of(PodRecord.class)),
                    store(ENTRY_STORE, StateSerde.of(EntryIssuance.class)),
                    store(COMPONENT_STORE, Serdes.String()),
                    store(PENDING_STORE, facts),
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
