package io.svidflow.resync;

import io.svidflow.event.RemediationResult;
import io.svidflow.serde.EventSerdes;
import io.svidflow.serde.StateSerde;
import io.svidflow.topic.Topic;
import io.svidflow.topic.Topics;
import io.svidflow.watermark.StreamProgress;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.common.serialization.Serde;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.streams.Topology;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorSupplier;
import org.apache.kafka.streams.state.StoreBuilder;
import org.apache.kafka.streams.state.Stores;

/**
 * The resync agent, keyed by node. Reads what the preconditions of today's commands are about, and nothing else.
 *
 * <pre>
 *  (node-events) (pod-events) (remediation-commands)
 *        └────────────┼──────────────┘
 *            [resync-processor] ── nodes, pods, waiting, answered, streams
 *                     │
 *           (remediation-results)
 * </pre>
 *
 * A command waits until the view is as new as the decision; then it is answered, once: {@code EXPIRED},
 * {@code TARGET_GONE} or {@code OBSERVED}. To be run with exactly-once processing.
 */
public final class ResyncTopology implements Supplier<Topology> {

    public static final String PROCESSOR = "resync-processor";
    public static final String SINK = "remediation-results-sink";
    /** {@code cluster/node} to the node's boot. */
    public static final String NODE_STORE = "resync-nodes";
    /** {@code cluster/node, pod uid} to the pod's name. */
    public static final String POD_STORE = "resync-pods";
    /** {@code cluster, command id, issued at} to the command that waits for the view to come as far. */
    public static final String WAITING_STORE = "resync-waiting";
    /** {@code cluster, command id, issued at} to when the answered command expires; kept for a day after that. */
    public static final String ANSWERED_STORE = "resync-answered";
    /** {@code cluster, source@topic} to how far the source has come. */
    public static final String STREAM_STORE = "resync-streams";

    /** Topics that the view is made from. */
    static final List<Topic<?>> VIEWED = List.of(Topics.NODE_EVENTS, Topics.POD_EVENTS);

    /**
     * Settings of the resync agent.
     *
     * @param actor name that the answers carry
     * @param inMemory keep the stores in memory; their changelogs stay
     */
    public record Settings(String actor, boolean inMemory) {

        public Settings {
            if (actor.isBlank()) {
                throw new IllegalArgumentException("actor must not be blank: it says who answered, e.g. resync-agent");
            }
        }

        /** Answers as {@code resync-agent}, stores on disk. */
        public static Settings defaults() {
            return new Settings("resync-agent", false);
        }
    }

    private final Settings settings;
    private final EventSerdes serdes;

    public ResyncTopology(Settings settings, EventSerdes serdes) {
        this.settings = settings;
        this.serdes = serdes;
    }

    @Override
    public Topology get() {
        Topology topology = new Topology();
        List<Topic<?>> inputs = Stream.concat(VIEWED.stream(), Stream.of(Topics.REMEDIATION_COMMANDS))
                .toList();
        for (Topic<?> topic : inputs) {
            topology.addSource(
                    source(topic),
                    Serdes.String().deserializer(),
                    serdes.forTopic(topic).deserializer(),
                    topic.name());
        }
        String[] sources = inputs.stream().map(ResyncTopology::source).toArray(String[]::new);
        topology.addProcessor(PROCESSOR, new Supplied(), sources);
        topology.addSink(
                SINK,
                Topics.REMEDIATION_RESULTS.name(),
                Serdes.String().serializer(),
                serdes.forTopic(Topics.REMEDIATION_RESULTS).serializer(),
                PROCESSOR);
        return topology;
    }

    /** Name of the source node of a topic. */
    static String source(Topic<?> topic) {
        return topic.name().substring("svidflow.".length()) + "-source";
    }

    private final class Supplied implements ProcessorSupplier<String, SpecificRecord, String, RemediationResult> {

        @Override
        public Processor<String, SpecificRecord, String, RemediationResult> get() {
            return new ResyncProcessor(settings.actor());
        }

        @Override
        public Set<StoreBuilder<?>> stores() {
            return Set.of(
                    store(NODE_STORE, StateSerde.of(KnownNode.class)),
                    store(POD_STORE, StateSerde.of(KnownPod.class)),
                    store(WAITING_STORE, StateSerde.of(Command.class)),
                    store(ANSWERED_STORE, StateSerde.of(Instant.class)),
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
