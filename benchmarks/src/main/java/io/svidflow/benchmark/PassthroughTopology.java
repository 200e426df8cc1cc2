package io.svidflow.benchmark;

import io.svidflow.event.NodeEvent;
import io.svidflow.serde.EventSerdes;
import io.svidflow.topic.Topic;
import io.svidflow.topic.Topics;
import java.time.Duration;
import java.util.function.Supplier;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.common.serialization.Serde;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.streams.Topology;

/** The least that can be done with the node facts: read, decode, encode and write them, all to one topic. */
final class PassthroughTopology implements Supplier<Topology> {

    /** Where everything goes; what it carries is nobody's business, so the type is any. */
    static final Topic<NodeEvent> OUTPUT =
            new Topic<>("svidflow.bench-passthrough", NodeEvent.class, Topic.Key.NODE, Duration.ofDays(1), false);

    private final EventSerdes serdes;

    PassthroughTopology(EventSerdes serdes) {
        this.serdes = serdes;
    }

    @Override
    public Topology get() {
        Topology topology = new Topology();
        Topics.NODE_FACTS.forEach(topic -> add(topology, topic));
        return topology;
    }

    private <V extends SpecificRecord> void add(Topology topology, Topic<V> topic) {
        Serde<V> values = serdes.forTopic(topic);
        String source = topic.name() + "-source";
        topology.addSource(source, Serdes.String().deserializer(), values.deserializer(), topic.name());
        topology.addSink(
                topic.name() + "-sink",
                OUTPUT.name(),
                Serdes.String().serializer(),
                (String written, V value) -> values.serializer().serialize(topic.name(), value),
                source);
    }
}
