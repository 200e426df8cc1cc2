package io.svidflow.topic;

import io.svidflow.event.AgentEvent;
import io.svidflow.event.Checkpoint;
import io.svidflow.event.DeadLetter;
import io.svidflow.event.EntryEvent;
import io.svidflow.event.Finding;
import io.svidflow.event.Incident;
import io.svidflow.event.NodeEvent;
import io.svidflow.event.PodEvent;
import io.svidflow.event.PodIdentityEvent;
import io.svidflow.event.Remediation;
import io.svidflow.event.RemediationCommand;
import io.svidflow.event.RemediationControl;
import io.svidflow.event.RemediationEvidence;
import io.svidflow.event.RemediationIntent;
import io.svidflow.event.RemediationRefusal;
import io.svidflow.event.RemediationResult;
import io.svidflow.event.ServerEvent;
import io.svidflow.event.SvidFetchEvent;
import java.time.Duration;
import java.util.List;

/** Every topic of svidflow, in one place. */
public final class Topics {

    private static final Duration WEEK = Duration.ofDays(7);
    private static final Duration QUARTER = Duration.ofDays(90);

    /** Facts about Kubernetes nodes. */
    public static final Topic<NodeEvent> NODE_EVENTS = facts("svidflow.node-events", NodeEvent.class, Topic.Key.NODE);
    /** Facts about pods that have a node. */
    public static final Topic<PodEvent> POD_EVENTS = facts("svidflow.pod-events", PodEvent.class, Topic.Key.NODE);
    /** Facts about registration entries. */
    public static final Topic<EntryEvent> ENTRY_EVENTS =
            facts("svidflow.entry-events", EntryEvent.class, Topic.Key.NODE);
    /** Facts about workloads that ask for, and agents that obtain, SVIDs. */
    public static final Topic<SvidFetchEvent> SVID_FETCH_EVENTS =
            facts("svidflow.svid-fetch-events", SvidFetchEvent.class, Topic.Key.NODE);
    /** Facts about SPIRE agents. */
    public static final Topic<AgentEvent> AGENT_EVENTS =
            facts("svidflow.agent-events", AgentEvent.class, Topic.Key.NODE);
    /** Facts about the SPIRE server, its datastore and its registrar. */
    public static final Topic<ServerEvent> SERVER_EVENTS =
            facts("svidflow.server-events", ServerEvent.class, Topic.Key.CLUSTER);

    /** Conclusions of stage 1. */
    public static final Topic<PodIdentityEvent> POD_IDENTITY =
            facts("svidflow.pod-identity", PodIdentityEvent.class, Topic.Key.CLUSTER);
    /** Pods without identity. */
    public static final Topic<Finding> FINDINGS = latest("svidflow.findings", Finding.class);
    /** Faults. */
    public static final Topic<Incident> INCIDENTS = latest("svidflow.incidents", Incident.class);
    /** What should be done. */
    public static final Topic<RemediationCommand> REMEDIATION_COMMANDS =
            new Topic<>("svidflow.remediation-commands", RemediationCommand.class, Topic.Key.NODE, WEEK, false);
    /** What actors answered. */
    public static final Topic<RemediationResult> REMEDIATION_RESULTS =
            new Topic<>("svidflow.remediation-results", RemediationResult.class, Topic.Key.CLUSTER, QUARTER, false);
    /** What actors are about to do, and what came of it. */
    public static final Topic<RemediationIntent> REMEDIATION_INTENTS =
            latest("svidflow.remediation-intents", RemediationIntent.class);
    /** What actors saved before they destroyed it. */
    public static final Topic<RemediationEvidence> REMEDIATION_EVIDENCE =
            new Topic<>("svidflow.remediation-evidence", RemediationEvidence.class, Topic.Key.ID, QUARTER, false);
    /** What came of each command. */
    public static final Topic<Remediation> REMEDIATIONS = latest("svidflow.remediations", Remediation.class);
    /** What operators want of remediation. */
    public static final Topic<RemediationControl> REMEDIATION_CONTROL =
            new Topic<>("svidflow.remediation-control", RemediationControl.class, Topic.Key.CLUSTER, QUARTER, false);
    /** What was not planned, and why. */
    public static final Topic<RemediationRefusal> REMEDIATION_REFUSALS =
            new Topic<>("svidflow.remediation-refusals", RemediationRefusal.class, Topic.Key.ID, QUARTER, false);
    /** Raw material that nobody could understand. */
    public static final Topic<DeadLetter> DEAD_LETTERS =
            new Topic<>("svidflow.dead-letters", DeadLetter.class, Topic.Key.ID, QUARTER, false);

    /** How far each source of facts has come. */
    public static final Topic<Checkpoint> CHECKPOINTS = latest("svidflow.checkpoints", Checkpoint.class);

    /** Topics that producers write and stage 1 reads, keyed by node and co-partitioned. */
    public static final List<Topic<?>> NODE_FACTS =
            List.of(NODE_EVENTS, POD_EVENTS, ENTRY_EVENTS, SVID_FETCH_EVENTS, AGENT_EVENTS);

    /** All topics. */
    public static final List<Topic<?>> ALL = List.of(
            NODE_EVENTS,
            POD_EVENTS,
            ENTRY_EVENTS,
            SVID_FETCH_EVENTS,
            AGENT_EVENTS,
            SERVER_EVENTS,
            POD_IDENTITY,
            FINDINGS,
            INCIDENTS,
            REMEDIATION_COMMANDS,
            REMEDIATION_RESULTS,
            REMEDIATION_INTENTS,
            REMEDIATION_EVIDENCE,
            REMEDIATIONS,
            REMEDIATION_CONTROL,
            REMEDIATION_REFUSALS,
            DEAD_LETTERS,
            CHECKPOINTS);

    private Topics() {}

    /** Key of the facts about a node. */
    public static String nodeKey(String cluster, String node) {
        return cluster + "/" + node;
    }

    /** Key of what is known of a source, e.g. {@code prod/agent-log/node-1}. */
    public static String sourceKey(String cluster, String source) {
        return cluster + "/" + source;
    }

    private static <V extends org.apache.avro.specific.SpecificRecord> Topic<V> facts(
            String name, Class<V> type, Topic.Key key) {
        return new Topic<>(name, type, key, WEEK, false);
    }

    private static <V extends org.apache.avro.specific.SpecificRecord> Topic<V> latest(String name, Class<V> type) {
        return new Topic<>(name, type, Topic.Key.ID, QUARTER, true);
    }
}
