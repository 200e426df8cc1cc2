package io.svidflow.producer.coverage;

import io.svidflow.event.AgentEvent;
import io.svidflow.event.EntryEvent;
import io.svidflow.event.EventHeader;
import io.svidflow.event.Farewell;
import io.svidflow.event.Heartbeat;
import io.svidflow.event.NodeEvent;
import io.svidflow.event.Origin;
import io.svidflow.event.OriginKind;
import io.svidflow.event.PodEvent;
import io.svidflow.event.ServerEvent;
import io.svidflow.event.SvidFetchEvent;
import io.svidflow.producer.EventHeaders;
import io.svidflow.producer.Publication;
import io.svidflow.producer.Publication.Route;
import io.svidflow.topic.Topic;
import io.svidflow.topic.Topics;
import java.time.Instant;
import java.util.List;
import org.apache.avro.specific.SpecificRecord;

/**
 * Writes one source's heartbeats: the promise, in every topic it writes facts to, that all it could observe up to an
 * instant has been published there. A cluster-wide source promises in every partition, a node's own source under the
 * key of its node.
 */
public final class Heartbeats {

    private final String cluster;
    private final Source source;
    private final List<Beat> beats;

    /**
     * @param cluster name of the cluster
     * @param roster all sources, which says who else is waited for
     * @param source the source that promises
     */
    public Heartbeats(String cluster, Roster roster, Source source) {
        this.cluster = cluster;
        this.source = source;
        this.beats = source.kind().topics().stream()
                .map(topic -> new Beat(topic, roster.expected(source, topic)))
                .toList();
    }

    /**
     * The promise for one instant, one publication a topic.
     *
     * @param until everything up to and including this instant has been published
     * @param coveredSince start of the unbroken stretch of observation that ends at {@code until}
     */
    public List<Publication> at(Instant until, Instant coveredSince) {
        return at(until, coveredSince, null);
    }

    /** @param farewell how the source takes its leave with it; null: more will follow */
    public List<Publication> at(Instant until, Instant coveredSince, Farewell farewell) {
        return beats.stream()
                .map(beat -> publish(beat, until, coveredSince, farewell))
                .toList();
    }

    private Publication publish(Beat beat, Instant until, Instant coveredSince, Farewell farewell) {
        String node = source.kind().clusterWide() ? null : source.member();
        Origin origin = Origin.newBuilder()
                .setKind(OriginKind.DERIVED)
                .setLocation(source.stream(beat.topic()))
                .build();
        EventHeader header = new EventHeaders(cluster, source.name())
                .header(node, until, until, Long.MAX_VALUE, beat.topic().name(), "heartbeat", origin);
        Heartbeat body = Heartbeat.newBuilder()
                .setUntil(header.getEventTime())
                .setCoveredSince(coveredSince)
                .setTopic(beat.topic().name())
                .setExpected(beat.expected())
                .setFarewell(farewell)
                .build();
        return new Publication(
                beat.topic(),
                node == null ? cluster : Topics.nodeKey(cluster, node),
                event(beat.topic(), header, body),
                until,
                node == null ? Route.EVERY_PARTITION : Route.BY_KEY);
    }

    private static SpecificRecord event(Topic<?> topic, EventHeader header, Heartbeat body) {
        if (topic == Topics.NODE_EVENTS) {
            return new NodeEvent(header, body);
        } else if (topic == Topics.POD_EVENTS) {
            return new PodEvent(header, body);
        } else if (topic == Topics.ENTRY_EVENTS) {
            return new EntryEvent(header, body);
        } else if (topic == Topics.SVID_FETCH_EVENTS) {
            return new SvidFetchEvent(header, body);
        } else if (topic == Topics.AGENT_EVENTS) {
            return new AgentEvent(header, body);
        } else if (topic == Topics.SERVER_EVENTS) {
            return new ServerEvent(header, body);
        }
        throw new IllegalArgumentException("no source writes facts to " + topic.name());
    }

    private record Beat(Topic<?> topic, List<String> expected) {}
}
