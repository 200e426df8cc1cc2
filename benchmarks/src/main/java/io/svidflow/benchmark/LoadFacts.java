package io.svidflow.benchmark;

import io.svidflow.event.AgentEvent;
import io.svidflow.event.AgentSignal;
import io.svidflow.event.AgentSignalKind;
import io.svidflow.event.ConditionStatus;
import io.svidflow.event.ContainerState;
import io.svidflow.event.EntryEvent;
import io.svidflow.event.EntryObserved;
import io.svidflow.event.NodeEvent;
import io.svidflow.event.NodeObserved;
import io.svidflow.event.Origin;
import io.svidflow.event.OriginKind;
import io.svidflow.event.PodEvent;
import io.svidflow.event.PodObserved;
import io.svidflow.event.PodRole;
import io.svidflow.event.Reporter;
import io.svidflow.event.Selection;
import io.svidflow.event.SvidFetchEvent;
import io.svidflow.event.SvidSignal;
import io.svidflow.event.SvidSignalKind;
import io.svidflow.producer.EventHeaders;
import io.svidflow.producer.Publication;
import io.svidflow.producer.Publication.Route;
import io.svidflow.topic.Topic;
import io.svidflow.topic.Topics;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.apache.avro.specific.SpecificRecord;

/** Writes the facts of a load, as the producers would map them from the Kubernetes API, the SPIRE API and logs. */
final class LoadFacts {

    static final String CLUSTER = "bench";

    private static final Duration SVID_LIFETIME = Duration.ofHours(1);
    private static final List<Selection> SELECTED = List.of(new Selection("bench-workloads", 1L));

    private final EventHeaders kubernetes;
    private final EventHeaders spireServer;
    private final EventHeaders serverLog;
    private long sequence;

    LoadFacts(String kubernetes, String spireServer, String serverLog) {
        this.kubernetes = new EventHeaders(CLUSTER, kubernetes);
        this.spireServer = new EventHeaders(CLUSTER, spireServer);
        this.serverLog = new EventHeaders(CLUSTER, serverLog);
    }

    Publication node(String node, Instant at) {
        NodeObserved body = NodeObserved.newBuilder()
                .setName(node)
                .setUid("uid-" + node)
                .setBootId("boot-" + node)
                .setReady(ConditionStatus.TRUE)
                .setReadySince(at)
                .build();
        return publication(
                Topics.NODE_EVENTS,
                node,
                new NodeEvent(kubernetes.header(node, at, at, sequence++, node, "READY", api(node)), body),
                at);
    }

    Publication agentPod(String node, Instant startedAt, Instant at) {
        return pod(new LoadPod(node, 0, "agent-" + node, startedAt), "spire", PodRole.SPIRE_AGENT, false, at);
    }

    Publication pod(LoadPod pod, boolean deleted, Instant at) {
        return pod(pod, "bench", PodRole.WORKLOAD, deleted, at);
    }

    Publication entry(LoadPod pod, boolean deleted, Instant createdAt, Instant at) {
        EntryObserved body = EntryObserved.newBuilder()
                .setEntryId(pod.entryId())
                .setSpiffeId("spiffe://bench.example/pod/" + pod.name())
                .setParentId(agentId(pod.node()))
                .setSelectors(List.of("k8s:pod-uid:" + pod.uid()))
                .setPodUid(pod.uid())
                .setCreatedAt(createdAt)
                .setRevision(0)
                .setDeleted(deleted)
                .build();
        Instant happened = deleted ? at : createdAt;
        String content = deleted ? "DELETED" : "ADDED";
        return publication(
                Topics.ENTRY_EVENTS,
                pod.node(),
                new EntryEvent(
                        spireServer.header(
                                pod.node(), happened, at, sequence++, pod.entryId(), content, api(pod.entryId())),
                        body),
                at);
    }

    /** The audit line of an agent's synchronisation in the server's log. */
    Publication synchronised(String node, Instant at) {
        AgentSignal body = AgentSignal.newBuilder()
                .setKind(AgentSignalKind.SYNC_SUCCEEDED)
                .setAgentId(agentId(node))
                .setReporter(Reporter.SERVER)
                .build();
        return publication(
                Topics.AGENT_EVENTS,
                node,
                new AgentEvent(serverLog.header(node, at, at, sequence++, node, "SYNC_SUCCEEDED", logLine()), body),
                at);
    }

    /** The audit line of a signature in the server's log. */
    Publication issued(LoadPod pod, Instant at) {
        SvidSignal body = SvidSignal.newBuilder()
                .setKind(SvidSignalKind.ISSUED)
                .setEntryId(pod.entryId())
                .setExpiresAt(at.plus(SVID_LIFETIME))
                .build();
        return publication(
                Topics.SVID_FETCH_EVENTS,
                pod.node(),
                new SvidFetchEvent(
                        serverLog.header(pod.node(), at, at, sequence++, pod.entryId(), "ISSUED", logLine()), body),
                at);
    }

    private Publication pod(LoadPod pod, String namespace, PodRole role, boolean deleted, Instant at) {
        ContainerState container = ContainerState.newBuilder()
                .setName("main")
                .setRunning(!deleted)
                .setStartedAt(deleted ? null : pod.startedAt())
                .setRestartCount(0)
                .setReady(!deleted)
                .build();
        PodObserved body = PodObserved.newBuilder()
                .setUid(pod.uid())
                .setNamespace(namespace)
                .setName(pod.name())
                .setPhase("Running")
                .setRole(role)
                .setOwnerKind("ReplicaSet")
                .setOwnerName("bench")
                .setCreatedAt(pod.startedAt())
                .setReady(!deleted)
                .setContainers(List.of(container))
                .setSelectionKnown(true)
                .setSelectedBy(role == PodRole.WORKLOAD ? SELECTED : List.of())
                .setDeleted(deleted)
                .build();
        String content = deleted ? "DELETED" : "ADDED";
        return publication(
                Topics.POD_EVENTS,
                pod.node(),
                new PodEvent(
                        kubernetes.header(pod.node(), at, at, sequence++, pod.uid(), content, api(pod.name())), body),
                at);
    }

    private static Publication publication(Topic<?> topic, String node, SpecificRecord event, Instant at) {
        return new Publication(topic, Topics.nodeKey(CLUSTER, node), event, at, Route.BY_KEY);
    }

    private static String agentId(String node) {
        return "spiffe://bench.example/spire/agent/k8s_psat/bench/uid-" + node;
    }

    private static Origin api(String object) {
        return Origin.newBuilder()
                .setKind(OriginKind.API)
                .setLocation(object)
                .setResourceVersion("1")
                .build();
    }

    private Origin logLine() {
        return Origin.newBuilder()
                .setKind(OriginKind.FILE)
                .setLocation("spire-server-0.log")
                .setLine(sequence)
                .build();
    }
}
