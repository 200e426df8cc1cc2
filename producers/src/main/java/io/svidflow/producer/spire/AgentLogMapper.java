package io.svidflow.producer.spire;

import io.svidflow.producer.EventHeaders;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** Reads the log of a SPIRE agent: facts about the agent, the workloads that asked it, and the SVIDs it obtained. */
public final class AgentLogMapper implements LogMapper {

    /** How the messages begin that SPIRE 1.8 to 1.15 writes and that say nothing about identities. */
    private static final List<String> SILENT = List.of(
            "Admin APIs have stopped",
            "Agent SVID is tainted",
            "Agent status",
            "Bundle added",
            "Bundle is not found",
            "Bundle loaded",
            "Bundle removed",
            "Bundle updated",
            "Cache manager",
            "Caller ",
            "Catalog closed",
            "Client rejected expected version",
            "Configured ",
            "Closing catalog",
            "Connection failed during accept",
            "Could not fetch JWT-SVID",
            "Could not get agent SVID",
            "Could not serialize",
            "Could not store",
            "Current umask",
            "Entry not found",
            "Envoy reported errors",
            "Failed to fetch bundle",
            "Failed to fetch federated bundle",
            "Failed to fetch JWT SVID",
            "Failed to post agent status",
            "Failed to renew agent",
            "Failed to send ",
            "Federated bundle",
            "Fetched X.509 SVID for ",
            "Finished processing",
            "Finishing ",
            "Initializing health checkers",
            "Insecure bootstrap",
            "Invalid argument",
            "JWT-SVID",
            "Logger service configured",
            "Malformed container id",
            "New process detected",
            "No pre-existing agent SVID",
            "Permission denied",
            "Plugin ",
            "Pod has no UID",
            "Processed tainted",
            "Reattesting node",
            "Received ",
            "Reconfigure",
            "Reference attested",
            "Removing SVID record",
            "Renewing stale entries",
            "Rotating agent SVID",
            "Scheduled rotation",
            "Sending ",
            "Server attestation attempt",
            "Serving ",
            "Setting use",
            "Shutting down",
            "Starting ",
            "Stopping ",
            "Subscribe to cache changes failed",
            "Subscribing to cache changes",
            "Success after",
            "Successfully ",
            "SVID ",
            "Tainted ",
            "There are tainted",
            "Two pods found",
            "Unable to load kubelet client",
            "Unloading plugin",
            "Unable to renew JWT",
            "Updating ",
            "Using ",
            "Workload API",
            "X509 SVID lifetime",
            "unrecognized service for connection metrics");

    private final LogReader reader = new LogReader();
    private final Phrasebook book = new Phrasebook();

    /**
     * @param headers of the source {@link #source(String)}
     * @param node Kubernetes node that the agent runs on
     */
    public AgentLogMapper(EventHeaders headers, String node) {
        this(headers, node, PodProcesses.NONE);
    }

    /**
     * @param headers of the source {@link #source(String)}
     * @param node Kubernetes node that the agent runs on
     * @param processes asked for the pod of a process that a line names, if no line has named its pod
     */
    public AgentLogMapper(EventHeaders headers, String node, PodProcesses processes) {
        if (node.isBlank()) {
            throw new IllegalArgumentException("an agent log needs the name of its node, but the name is blank");
        }
        LogFacts facts = new LogFacts(headers);
        AgentPlace place = AgentPlace.onNode(headers.cluster(), node);
        new WorkloadLines(facts, place, processes).describe(book);
        new AgentLines(facts, place).describe(book);
        book.silent(SILENT);
    }

    /** The name that the facts of a node's agent log carry as their source. */
    public static String source(String node) {
        return "agent-log/" + node;
    }

    @Override
    public Optional<Instant> reached() {
        return reader.reached();
    }

    @Override
    public MappedLine map(RawLine line) {
        return reader.read(line, timed -> book.lookUp(timed).map(meaning -> meaning.of(timed)));
    }
}
