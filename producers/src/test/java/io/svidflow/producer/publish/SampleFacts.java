package io.svidflow.producer.publish;

import io.svidflow.event.ConditionStatus;
import io.svidflow.event.EventHeader;
import io.svidflow.event.NodeEvent;
import io.svidflow.event.NodeObserved;
import io.svidflow.event.Origin;
import io.svidflow.event.OriginKind;
import io.svidflow.event.PodEvent;
import io.svidflow.event.PodObserved;
import io.svidflow.event.PodRole;
import io.svidflow.producer.EventHeaders;
import io.svidflow.producer.Publication;
import io.svidflow.producer.Publication.Route;
import io.svidflow.producer.coverage.Heartbeats;
import io.svidflow.producer.coverage.Roster;
import io.svidflow.producer.coverage.Source;
import io.svidflow.producer.coverage.SourceKind;
import io.svidflow.topic.Topics;
import java.time.Instant;
import java.util.List;

/** Facts to be published, in a cluster named {@code prod}. */
public final class SampleFacts {

    public static final Instant MIDNIGHT = Instant.parse("2025-02-06T00:00:00Z");

    private SampleFacts() {}

    public static Publication node(String name, Instant at) {
        NodeObserved body = NodeObserved.newBuilder()
                .setName(name)
                .setUid("uid-of-" + name)
                .setReady(ConditionStatus.TRUE)
                .build();
        return new Publication(
                Topics.NODE_EVENTS,
                Topics.nodeKey("prod", name),
                new NodeEvent(header(name, at), body),
                at,
                Route.BY_KEY);
    }

    public static Publication podOf(String node, Instant at) {
        PodObserved body = PodObserved.newBuilder()
                .setUid("pod-on-" + node)
                .setNamespace("shop")
                .setName("cart")
                .setPhase("Running")
                .setRole(PodRole.WORKLOAD)
                .setReady(true)
                .setContainers(List.of())
                .setSelectionKnown(true)
                .setSelectedBy(List.of())
                .build();
        return new Publication(
                Topics.POD_EVENTS,
                Topics.nodeKey("prod", node),
                new PodEvent(header(node, at), body),
                at,
                Route.BY_KEY);
    }

    public static Publication nodeHeartbeat(Instant at) {
        Source kubernetes = Source.of(SourceKind.KUBERNETES);
        return new Heartbeats("prod", Roster.of(List.of(kubernetes)), kubernetes)
                .at(at, MIDNIGHT).stream()
                        .filter(publication -> publication.topic() == Topics.NODE_EVENTS)
                        .findFirst()
                        .orElseThrow();
    }

    private static EventHeader header(String node, Instant at) {
        Origin origin = Origin.newBuilder()
                .setKind(OriginKind.API)
                .setLocation("v1/Node/" + node)
                .build();
        return new EventHeaders("prod", "kubernetes").header(node, at, at, 0, node, "observed", origin);
    }
}
