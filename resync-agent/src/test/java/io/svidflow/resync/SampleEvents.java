package io.svidflow.resync;

import io.svidflow.event.ConditionStatus;
import io.svidflow.event.EventHeader;
import io.svidflow.event.Heartbeat;
import io.svidflow.event.NodeEvent;
import io.svidflow.event.NodeObserved;
import io.svidflow.event.Origin;
import io.svidflow.event.OriginKind;
import io.svidflow.event.PodEvent;
import io.svidflow.event.PodObserved;
import io.svidflow.event.PodRole;
import io.svidflow.event.RemediationAction;
import io.svidflow.event.RemediationCommand;
import io.svidflow.topic.Topic;
import io.svidflow.topic.Topics;
import java.time.Instant;
import java.util.List;

/** Events of a cluster {@code prod} with a node {@code node-1}. */
final class SampleEvents {

    static final String NODE_KEY = "prod/node-1";

    /** What the sources of a whole cluster announce, streams that are not read here among them. */
    private static final List<String> EXPECTED = List.of(
            "kubernetes@svidflow.node-events",
            "kubernetes@svidflow.pod-events",
            "spire-server@svidflow.agent-events",
            "spire-server@svidflow.entry-events");

    private SampleEvents() {}

    static NodeEvent node(String bootId, Instant at) {
        NodeObserved body = NodeObserved.newBuilder()
                .setName("node-1")
                .setUid("uid-of-node-1")
                .setBootId(bootId)
                .setReady(ConditionStatus.TRUE)
                .build();
        return new NodeEvent(header("node-1", at), body);
    }

    static PodEvent pod(String uid, String name, PodRole role, boolean deleted, Instant at) {
        PodObserved body = PodObserved.newBuilder()
                .setUid(uid)
                .setNamespace("shop")
                .setName(name)
                .setPhase("Running")
                .setRole(role)
                .setReady(!deleted)
                .setContainers(List.of())
                .setSelectionKnown(true)
                .setSelectedBy(List.of())
                .setDeleted(deleted)
                .build();
        return new PodEvent(header("node-1", at), body);
    }

    static NodeEvent nodesKnown(Instant until) {
        return new NodeEvent(header(null, until), heartbeat(Topics.NODE_EVENTS, until));
    }

    static PodEvent podsKnown(Instant until) {
        return new PodEvent(header(null, until), heartbeat(Topics.POD_EVENTS, until));
    }

    /** A command to wait for pod shop/cart. */
    static RemediationCommand.Builder waitForCart(Instant issuedAt) {
        return RemediationCommand.newBuilder()
                .setId("command-1")
                .setCluster("prod")
                .setAction(RemediationAction.WAIT)
                .setCause("AGENT_SYNC_BACKOFF")
                .setNamespace("shop")
                .setPod("cart")
                .setPodUid("uid-1")
                .setNode("node-1")
                .setBootId("boot-1")
                .setAgentPodUid("uid-agent")
                .setIssuedAt(issuedAt)
                .setNotBefore(issuedAt)
                .setExpiresAt(issuedAt.plusSeconds(60))
                .setRung(0)
                .setMode("observe")
                .setReason("the agent tries again by itself");
    }

    private static Heartbeat heartbeat(Topic<?> topic, Instant until) {
        return Heartbeat.newBuilder()
                .setUntil(until)
                .setCoveredSince(Instant.EPOCH)
                .setTopic(topic.name())
                .setExpected(EXPECTED)
                .build();
    }

    private static EventHeader header(String node, Instant at) {
        return EventHeader.newBuilder()
                .setId("id-" + node + at)
                .setEventTime(at)
                .setObservedTime(at)
                .setSource("kubernetes")
                .setCluster("prod")
                .setNode(node)
                .setSequence(0)
                .setOrigin(Origin.newBuilder()
                        .setKind(OriginKind.DERIVED)
                        .setLocation("test")
                        .build())
                .build();
    }
}
