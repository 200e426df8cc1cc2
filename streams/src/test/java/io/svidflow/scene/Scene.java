package io.svidflow.scene;

import io.svidflow.event.AgentEvent;
import io.svidflow.event.EntryEvent;
import io.svidflow.event.EventHeader;
import io.svidflow.event.Farewell;
import io.svidflow.event.Heartbeat;
import io.svidflow.event.Listed;
import io.svidflow.event.NodeEvent;
import io.svidflow.event.Origin;
import io.svidflow.event.OriginKind;
import io.svidflow.event.PodEvent;
import io.svidflow.event.ServerEvent;
import io.svidflow.event.SvidFetchEvent;
import io.svidflow.serde.EventSerdes;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.apache.avro.specific.SpecificRecord;

/** The stage of the tests: one cluster, times in seconds after {@link #START}, and facts with their header around them. */
public final class Scene {

    public static final Instant START = Instant.parse("2025-02-06T00:20:00Z");
    public static final String CLUSTER = "lab";
    public static final String NODE = "node-1";
    public static final String NODE_KEY = CLUSTER + "/" + NODE;

    /** Cluster-wide sources of the tests. */
    public static final String KUBERNETES = "kubernetes";

    public static final String SPIRE = "spire-server";

    static {
        // Avro copies records with enums only of classes that it was told to trust, which the serdes do.
        new EventSerdes(Map.of("schema.registry.url", "mock://scene"));
    }

    private Scene() {}

    public static Instant at(double second) {
        return START.plus(Math.round(second * 1_000_000), ChronoUnit.MICROS);
    }

    /** A fact about {@link #NODE}. */
    public static SpecificRecord fact(double second, SpecificRecord body) {
        return fact(NODE, second, body);
    }

    /** A fact about a node, seen by whoever sees such things, at the moment when it happened. */
    public static SpecificRecord fact(String node, double second, SpecificRecord body) {
        return around(header(node, source(node, body), at(second), body), body);
    }

    /** Every pod that exists has been said since the given second. */
    public static SpecificRecord podsListed(double second, double since) {
        Listed listed = new Listed(at(since));
        return new PodEvent(header(null, KUBERNETES, at(second), listed, "pods"), listed);
    }

    /** Every node that exists has been said since the given second. */
    public static SpecificRecord nodesListed(double second, double since) {
        Listed listed = new Listed(at(since));
        return new NodeEvent(header(null, KUBERNETES, at(second), listed, "nodes"), listed);
    }

    /** A source has published everything up to the given second. */
    public static SpecificRecord heartbeat(
            String node, String source, String topic, double until, double coveredSince, List<String> expected) {
        return heartbeat(node, source, topic, until, coveredSince, expected, null);
    }

    public static SpecificRecord heartbeat(
            String node,
            String source,
            String topic,
            double until,
            double coveredSince,
            List<String> expected,
            Farewell farewell) {
        Heartbeat heartbeat = Heartbeat.newBuilder()
                .setUntil(at(until))
                .setCoveredSince(at(coveredSince))
                .setTopic(topic)
                .setExpected(expected)
                .setFarewell(farewell)
                .build();
        EventHeader header = header(node, source, at(until), heartbeat);
        return switch (topic) {
            case "svidflow.node-events" -> new NodeEvent(header, heartbeat);
            case "svidflow.pod-events" -> new PodEvent(header, heartbeat);
            case "svidflow.entry-events" -> new EntryEvent(header, heartbeat);
            case "svidflow.svid-fetch-events" -> new SvidFetchEvent(header, heartbeat);
            case "svidflow.agent-events" -> new AgentEvent(header, heartbeat);
            case "svidflow.server-events" -> new ServerEvent(header, heartbeat);
            default -> throw new IllegalArgumentException("nobody heartbeats on " + topic);
        };
    }

    private static EventHeader header(String node, String source, Instant at, SpecificRecord body) {
        return header(node, source, at, body, "");
    }

    private static EventHeader header(String node, String source, Instant at, SpecificRecord body, String about) {
        String content = source + '\n' + node + '\n' + at + '\n' + body + about;
        return EventHeader.newBuilder()
                .setId(UUID.nameUUIDFromBytes(content.getBytes(StandardCharsets.UTF_8))
                        .toString())
                .setEventTime(at)
                .setObservedTime(at)
                .setSource(source)
                .setCluster(CLUSTER)
                .setNode(node)
                .setSequence(0)
                .setOrigin(Origin.newBuilder()
                        .setKind(OriginKind.DERIVED)
                        .setLocation("scene")
                        .build())
                .build();
    }

    private static String source(String node, SpecificRecord body) {
        return switch (body.getClass().getSimpleName()) {
            case "NodeObserved", "PodObserved", "PodWarning" -> KUBERNETES;
            case "EntryObserved", "AgentListed", "ServerSignal", "SourceFailure" -> SPIRE;
            default -> "agent-log/" + node;
        };
    }

    private static SpecificRecord around(EventHeader header, SpecificRecord body) {
        return switch (body.getClass().getSimpleName()) {
            case "NodeObserved" -> new NodeEvent(header, body);
            case "PodObserved", "PodWarning" -> new PodEvent(header, body);
            case "EntryObserved" -> new EntryEvent(header, body);
            case "SvidSignal" -> new SvidFetchEvent(header, body);
            case "AgentListed", "AgentStatus", "AgentSignal" -> new AgentEvent(header, body);
            case "ServerSignal", "SourceFailure" -> new ServerEvent(header, body);
            default -> throw new IllegalArgumentException("no topic for " + body.getClass());
        };
    }
}
