package io.svidflow.identity;

import io.svidflow.event.AgentListed;
import io.svidflow.event.AgentSignal;
import io.svidflow.event.AgentStatus;
import io.svidflow.event.NodeObserved;
import io.svidflow.event.PodObserved;
import io.svidflow.event.Reporter;
import java.time.Duration;
import java.time.Instant;

/**
 * What stage 1 knows about a node and its SPIRE agent. Its size does not depend on the number of pods.
 *
 * @param kubernetes the Node object; null when never seen
 * @param agentPod the agent's pod; null when never seen
 * @param revision transitions emitted so far
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
        int revision) {

    /** The debug API rounds the uptime to whole seconds and may serve an answer that is 5 s old. */
    private static final Duration UPTIME_AGE = Duration.ofSeconds(6);

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
                0);
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
                : sync.polledSuccess(Times.earliest(status.getLastSyncSuccess(), at));
        return with(agent.named(status.getAgentId())).with(seen).with(history);
    }

    NodeRecord pollFailed() {
        return with(sync.pollFailed());
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
                        ? named.with(sync.auditedSuccess(at)).synchronised(at)
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
        return new NodeRecord(cluster, name, node, agentPod, agent, sync, attestor, process, revision);
    }

    NodeRecord with(AgentPod pod) {
        return new NodeRecord(cluster, name, kubernetes, pod, agent, sync, attestor, process, revision);
    }

    NodeRecord with(AgentIdentity identity) {
        return new NodeRecord(cluster, name, kubernetes, agentPod, identity, sync, attestor, process, revision);
    }

    NodeRecord with(SyncHistory history) {
        return new NodeRecord(cluster, name, kubernetes, agentPod, agent, history, attestor, process, revision);
    }

    NodeRecord with(AttestorHistory history) {
        return new NodeRecord(cluster, name, kubernetes, agentPod, agent, sync, history, process, revision);
    }

    NodeRecord with(AgentProcess newProcess) {
        return new NodeRecord(cluster, name, kubernetes, agentPod, agent, sync, attestor, newProcess, revision);
    }

    NodeRecord nextRevision() {
        return new NodeRecord(cluster, name, kubernetes, agentPod, agent, sync, attestor, process, revision + 1);
    }
}
