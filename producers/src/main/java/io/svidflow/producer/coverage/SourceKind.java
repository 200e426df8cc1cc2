package io.svidflow.producer.coverage;

import io.svidflow.topic.Topic;
import io.svidflow.topic.Topics;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** The kinds of sources that facts come from, and the topics that each writes to. */
public enum SourceKind {
    /** The Kubernetes API: nodes, pods, namespaces and registration rules. */
    KUBERNETES("kubernetes", Members.NONE, Topics.NODE_EVENTS, Topics.POD_EVENTS, Topics.SERVER_EVENTS),
    /** The SPIRE server's API: listings of entries and agents. */
    SPIRE_SERVER("spire-server", Members.NONE, Topics.ENTRY_EVENTS, Topics.AGENT_EVENTS, Topics.SERVER_EVENTS),
    /** The debug API of a node's agent. */
    AGENT_DEBUG("agent-debug", Members.NODES, Topics.AGENT_EVENTS),
    /** The log of a node's agent. */
    AGENT_LOG("agent-log", Members.NODES, Topics.SVID_FETCH_EVENTS, Topics.AGENT_EVENTS),
    /** The log of a SPIRE server pod. */
    SERVER_LOG("server-log", Members.PODS, Topics.SERVER_EVENTS, Topics.AGENT_EVENTS, Topics.SVID_FETCH_EVENTS),
    /** The log of spire-controller-manager in a pod. */
    CONTROLLER_MANAGER_LOG("controller-manager-log", Members.PODS, Topics.SERVER_EVENTS),
    /** Who reads a bundle that holds nothing about the cluster: it observes nothing, and knows that no more will come. */
    READER("reader", Members.NONE, Topics.NODE_EVENTS);

    /** What a source of some kind belongs to. */
    public enum Members {
        /** There is one such source in the cluster. */
        NONE,
        /** There is one for each node. */
        NODES,
        /** There is one for each of some pods. */
        PODS
    }

    private static final Duration CLUSTER_WIDE_CADENCE = Duration.ofSeconds(1);
    /** Thousands of nodes must not drown the topics. */
    private static final Duration NODE_CADENCE = Duration.ofSeconds(5);

    private final String label;
    private final Members members;
    private final List<Topic<?>> topics;

    SourceKind(String label, Members members, Topic<?>... topics) {
        this.label = label;
        this.members = members;
        this.topics = List.of(topics);
    }

    /** The kind of that name, as written in {@code incident.yaml}. */
    public static Optional<SourceKind> of(String label) {
        return Arrays.stream(values()).filter(kind -> kind.label.equals(label)).findFirst();
    }

    /** Name of the kind, e.g. {@code agent-log}. */
    public String label() {
        return label;
    }

    /** What sources of this kind belong to. */
    public Members members() {
        return members;
    }

    /** Every topic that a source of this kind may write facts to. */
    public List<Topic<?>> topics() {
        return topics;
    }

    /** Whether a source of this kind speaks for the whole cluster, and not for one node. */
    public boolean clusterWide() {
        return members != Members.NODES;
    }

    /** How often a source of this kind promises that it is complete, at least. */
    public Duration cadence() {
        return clusterWide() ? CLUSTER_WIDE_CADENCE : NODE_CADENCE;
    }
}
