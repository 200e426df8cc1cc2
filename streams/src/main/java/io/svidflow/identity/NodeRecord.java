package io.svidflow.identity;

import io.svidflow.event.AgentListed;
import io.svidflow.event.AgentSignal;
import io.svidflow.event.AgentStatus;
import io.svidflow.event.NodeObserved;
import io.svidflow.event.PodObserved;
import io.svidflow.event.Reporter;
import io.svidflow.event.SvidSignal;
import java.time.Duration;
import java.time.Instant;

/**
 * What stage 1 knows about a node and its SPIRE agent. Its size does not depend on the number of pods.
 *
 * @param kubernetes the Node object; null when never seen
 * @param agentPod the agent's pod; null when never seen
 * @param revision transitions emitted so far
 * @param lookups pods whose container the attestor does not find
 * @param timeouts callers whose attestation does not finish in time
 */
public record NodeRecord(
        String cluster,
        String name,
        KubernetesNode kubernetes,
        AgentPod agentPod,
        AgentIdentity agent,
        SyncHistory sync,
        AttestorHistory attestor,
        AgentProcess process,
        int revision,
        FailedCallers lookups,
        FailedCallers timeouts) {

    /** How a caller is called that only its pid is known of. */
    static final String PROCESS = "pid ";

    /** The debug API rounds the uptime to whole seconds and may serve an answer that is 5 s old. */
    private static final Duration UPTIME_AGE = Duration.ofSeconds(6);

    public NodeRecord {
        lookups = lookups == null ? FailedCallers.NONE : lookups;
        timeouts = timeouts == null ? FailedCallers.NONE : timeouts;
    }

    static NodeRecord named(String cluster, String name) {
        return new NodeRecord(
                cluster,
                name,
                null,
                null,
                AgentIdentity.UNKNOWN,
                SyncHistory.UNKNOWN,
                AttestorHistory.UNKNOWN,
                AgentProcess.UNKNOWN,
                0,
                FailedCallers.NONE,
                FailedCallers.NONE);
    }

    NodeRecord observe(NodeObserved node, Instant at, String fact) {
        return with(kubernetes == null ? KubernetesNode.first(node, at, fact) : kubernetes.observe(node, at, fact));
    }

    NodeRecord observeAgentPod(PodObserved pod, Instant at) {
        if (agentPod != null && !agentPod.givesWayTo(pod)) {
            return this;
        }
        AgentPod seen = AgentPod.of(pod, at, agentPod);
        return with(seen).with(seen.startedAt() == null ? process : process.started(seen.startedAt()));
    }

    NodeRecord observe(AgentListed row, Instant at, String fact) {
        AgentIdentity named = agent.named(row.getAgentId());
        return with(
                row.getDeleted()
                        ? named.evicted(at, fact)
                        : named.listed(at, row.getBanned(), row.getCanReattest(), fact));
    }

    NodeRecord observe(AgentStatus status, Instant at) {
        AgentProcess seen = process.alive(at)
                .started(at.minusSeconds(status.getUptimeSeconds()).minus(UPTIME_AGE));
        SyncHistory history = status.getLastSyncSuccess() == null
                ? sync
                : sync.reportedSuccess(Times.earliest(status.getLastSyncSuccess(), at));
        return with(agent.named(status.getAgentId())).with(seen).with(history);
    }

    NodeRecord observe(AgentSignal signal, Instant at, String fact) {
        NodeRecord named = with(agent.named(signal.getAgentId()));
        return switch (signal.getKind()) {
            case STARTED -> named.with(process.started(at));
            case SERVING -> named.with(process.alive(at));
            case HEALTHY -> named.with(process.alive(at)).with(attestor.worked(at));
            case UNHEALTHY -> named.with(process.alive(at));
            case STOPPED, CRASHED -> named.with(process.down(at));
            case ATTESTED, REATTESTED -> named.with(named.agent.attested(at, fact));
            case ATTEST_FAILED -> named.with(named.agent.failed(at, signal.getError(), fact));
            case BANNED -> named.with(named.agent.banned(at, fact));
            case EVICTED, NOT_ATTESTED -> named.with(named.agent.evicted(at, fact));
            case SYNC_SUCCEEDED ->
                signal.getReporter() == Reporter.SERVER
                        ? named.with(sync.reportedSuccess(at)).synchronised(at)
                        : named.synchronised(at);
            case SYNC_FAILED -> named.syncFailed(signal, at, fact);
            case LOOKUP_FAILED, REATTEST_NEEDED, SVID_EXPIRED, RENEWAL_FAILED, UNKNOWN -> named;
        };
    }

    /** Whatever an agent does only after it has fetched its entries proves a synchronisation. */
    NodeRecord synchronised(Instant at) {
        boolean troubled = agent.evictedAt() != null || agent.failingSince() != null || agent.attestedAt() == null;
        return with(process.alive(at))
                .with(sync.succeeded(at))
                .with(troubled ? agent.attested(at, agent.ref()) : agent);
    }

    /** Both sides log a failed synchronisation; only the agent's own line counts as an attempt. */
    private NodeRecord syncFailed(AgentSignal signal, Instant at, String fact) {
        if (signal.getReporter() != Reporter.AGENT) {
            return this;
        }
        boolean serving = signal.getRetryInMillis() == null;
        return with(sync.failed(at, signal.getError(), fact)).with(serving ? process.alive(at) : process);
    }

    /** Readiness is a hint: an agent that was heard of lately is up although its health check may fail. */
    boolean agentUp(Instant now, Graces graces) {
        boolean ready = agentPod != null && agentPod.running() && agentPod.notReadySince() == null;
        return ready || process.heardSince(now.minus(graces.alive()));
    }

    /** Since when the agent has been down, as far as known; null when it is not known. */
    Instant agentDownSince() {
        Instant stopped = process.downAt() == null ? process.aliveAt() : process.downAt();
        return agentPod == null ? stopped : Times.earliest(agentPod.notReadySince(), stopped);
    }

    boolean agentPodExpected() {
        return agentPod != null || process.startedAt() != null;
    }

    NodeRecord with(KubernetesNode node) {
        return new NodeRecord(
                cluster, name, node, agentPod, agent, sync, attestor, process, revision, lookups, timeouts);
    }

    NodeRecord with(AgentPod pod) {
        return new NodeRecord(
                cluster, name, kubernetes, pod, agent, sync, attestor, process, revision, lookups, timeouts);
    }

    NodeRecord with(AgentIdentity identity) {
        return new NodeRecord(
                cluster, name, kubernetes, agentPod, identity, sync, attestor, process, revision, lookups, timeouts);
    }

    NodeRecord with(SyncHistory history) {
        return new NodeRecord(
                cluster, name, kubernetes, agentPod, agent, history, attestor, process, revision, lookups, timeouts);
    }

    NodeRecord with(AttestorHistory history) {
        return new NodeRecord(
                cluster, name, kubernetes, agentPod, agent, sync, history, process, revision, lookups, timeouts);
    }

    NodeRecord with(AgentProcess newProcess) {
        return new NodeRecord(
                cluster, name, kubernetes, agentPod, agent, sync, attestor, newProcess, revision, lookups, timeouts);
    }

    /** The attestation of a workload failed: its pod where the log names it, else its process. */
    NodeRecord attestationFailed(Instant at, SvidSignal signal) {
        String podUid = signal.getPodUid();
        String caller = podUid != null || signal.getPid() == null ? podUid : PROCESS + signal.getPid();
        return switch (AttestFailure.of(signal.getError())) {
            case KUBELET -> with(attestor.failed(at, signal.getError()));
            // the line that names the pod has a twin that names its process
            case CONTAINER -> podUid == null ? this : with(lookups.failed(at, podUid), timeouts);
            case TIMED_OUT -> caller == null ? this : with(lookups, timeouts.failed(at, caller));
            case OTHER -> this;
        };
    }

    /** A pod was attested with its selectors. */
    NodeRecord attested(Instant at, String podUid) {
        return with(attestor.worked(at)).with(lookups.worked(at, podUid), timeouts.worked(at, podUid));
    }

    private NodeRecord with(FailedCallers lookedUp, FailedCallers timedOut) {
        return new NodeRecord(
                cluster, name, kubernetes, agentPod, agent, sync, attestor, process, revision, lookedUp, timedOut);
    }

    NodeRecord nextRevision() {
        return new NodeRecord(
                cluster, name, kubernetes, agentPod, agent, sync, attestor, process, revision + 1, lookups, timeouts);
    }
}
