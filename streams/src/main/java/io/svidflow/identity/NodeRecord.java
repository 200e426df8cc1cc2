package io.svidflow.identity;

import io.svidflow.event.AgentListed;
import io.svidflow.event.AgentSignal;
import io.svidflow.event.AgentSignalKind;
import io.svidflow.event.AgentStatus;
import io.svidflow.event.NodeObserved;
import io.svidflow.event.PodObserved;
import io.svidflow.event.Reporter;
import io.svidflow.event.SvidSignal;
import java.time.Duration;
import java.time.Instant;
import java.util.function.Consumer;

/**
 * What stage 1 knows about a node and its SPIRE agent. Its size does not depend on the number of pods.
 *
 * @param kubernetes the Node object; null when never seen
 * @param agentPod the agent's pod; null when never seen
 * @param clock whether the node's time stood still or differs from that of others
 * @param revision transitions emitted so far
 * @param lookups pods whose container the attestor does not find
 * @param timeouts callers whose attestation does not finish in time
 * @param signing the agent's requests to have SVIDs signed
 * @param csiDriver the pod of the SPIFFE CSI driver; null when never seen
 * @param named requests of which the log names the pod
 * @param contact what server and agent are known to have had to do with each other
 * @param voice whether the agent's log tells what it has to
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
        NodeClock clock,
        int revision,
        FailedCallers lookups,
        FailedCallers timeouts,
        SigningHistory signing,
        AgentPod csiDriver,
        NamedRequests named,
        ServerContact contact,
        LogVoice voice) {

    /** How a caller is called that only its pid is known of. */
    static final String PROCESS = "pid ";

    /** The debug API rounds the uptime to whole seconds and may serve an answer that is 5 s old. */
    private static final Duration UPTIME_AGE = Duration.ofSeconds(6);

    public NodeRecord {
        clock = clock == null ? NodeClock.UNKNOWN : clock;
        lookups = lookups == null ? FailedCallers.NONE : lookups;
        timeouts = timeouts == null ? FailedCallers.NONE : timeouts;
        signing = signing == null ? SigningHistory.UNKNOWN : signing;
        named = named == null ? NamedRequests.NONE : named;
        contact = contact == null ? ServerContact.NONE : contact;
        voice = voice == null ? LogVoice.UNKNOWN : voice;
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
                NodeClock.UNKNOWN,
                0,
                FailedCallers.NONE,
                FailedCallers.NONE,
                SigningHistory.UNKNOWN,
                null,
                NamedRequests.NONE,
                ServerContact.NONE,
                LogVoice.UNKNOWN);
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

    NodeRecord observeCsiDriver(PodObserved pod, Instant at) {
        if (csiDriver != null && !csiDriver.givesWayTo(pod)) {
            return this;
        }
        AgentPod seen = AgentPod.of(pod, at, csiDriver);
        return but(draft -> draft.csiDriver = seen);
    }

    NodeRecord observe(AgentListed row, Instant at, String fact) {
        if (isAnother(row)) {
            return this;
        }
        return row.getDeleted()
                ? with(agent.unlisted(row, at, fact))
                : with(agent.listed(row, at, fact)).with(process.ofVersion(row.getVersion()));
    }

    /** The agent was heard of. Where nobody reports its calls it may have had nothing to say. */
    NodeRecord heard(Instant at) {
        return with(sync.reported() ? clock.heard(at, kubernetes, process.startedAt()) : clock.heard(at));
    }

    /**
     * A container is started by the node's clock, after its pod was created by the API server's and before it is seen to
     * run by ours.
     *
     * @param created creation of the pod; null: it says nothing, because the kubelet ran the pod before it was created
     */
    NodeRecord observeStart(Instant started, Instant created, Instant seen) {
        NodeClock there = clock.notAfter(
                started, seen, "a container that started at " + started + " was seen running at " + seen);
        if (created != null) {
            there = there.notBefore(
                    started,
                    created,
                    seen,
                    "a container started at " + started + ", before its pod was created at " + created);
        }
        return there.equals(clock) ? this : with(there);
    }

    /** An agent has no entry signed before the server created it. */
    NodeRecord observeSigning(Instant issuing, Instant created) {
        NodeClock seenThere = clock.notBefore(
                issuing,
                created,
                created,
                "the agent set out at " + issuing + " to have an entry signed that the server created at " + created);
        return seenThere.equals(clock) ? this : with(seenThere);
    }

    /**
     * Whether a listed agent is a former one of the node: the server lists an agent until it is evicted, also after its node
     * came back under another UID, or its pod where agents are named after their pods.
     */
    private boolean isAnother(AgentListed row) {
        if (row.getAgentId().equals(agent.agentId())) {
            return false;
        }
        boolean ofAnotherNode = kubernetes != null
                && kubernetes.uid() != null
                && row.getNodeUid() != null
                && !row.getNodeUid().equals(kubernetes.uid());
        boolean ofAnotherPod = agent.agentId() != null
                && agentPod != null
                && row.getPodUid() != null
                && !row.getPodUid().equals(agentPod.uid());
        return ofAnotherNode || ofAnotherPod || (agent.agentId() != null && row.getDeleted());
    }

    NodeRecord observe(AgentStatus status, Instant at) {
        AgentProcess seen = process.alive(at)
                .started(at.minusSeconds(status.getUptimeSeconds()).minus(UPTIME_AGE));
        SyncHistory history = status.getLastSyncSuccess() == null
                ? sync
                : sync.polledSuccess(Times.earliest(status.getLastSyncSuccess(), at));
        AgentIdentity named = agent.named(status.getAgentId());
        boolean servedAgain = status.getLastSyncSuccess() != null
                && status.getLastSyncSuccess().isBefore(at)
                && named.troubledBefore(status.getLastSyncSuccess());
        named = servedAgain ? named.attested(status.getLastSyncSuccess(), named.ref()) : named;
        return with(named.with(named.svid().told(status.getSvidExpiresAt(), at)))
                .with(clock.heard(at, kubernetes, seen.startedAt()).synchronised(status.getLastSyncSuccess(), at))
                .with(seen)
                .with(history);
    }

    NodeRecord pollFailed() {
        return with(sync.pollFailed());
    }

    NodeRecord observe(AgentSignal signal, Instant at, String fact) {
        boolean byAgent = signal.getKind() != AgentSignalKind.EVICTED && signal.getKind() != AgentSignalKind.BANNED;
        NodeRecord named = (byAgent ? heard(at) : this)
                .with(agent.named(signal.getAgentId()))
                .complained(signal, at);
        return switch (signal.getKind()) {
            case STARTED -> named.with(process.started(at).ofVersion(signal.getVersion()));
            case SERVING -> named.with(process.alive(at));
            case HEALTHY -> named.with(process.alive(at)).with(attestor.worked(at));
            case UNHEALTHY -> named.with(process.alive(at));
            case STOPPED -> named.with(process.down(at));
            case CRASHED -> named.with(process.crashed(at, signal.getError()));
            case ATTESTED, REATTESTED ->
                named.with(
                        named.agent.attested(at, fact).with(named.agent.svid().renewed(at)));
            case RENEWED -> named.with(named.agent.with(named.agent.svid().renewed(at)));
            case RENEWAL_FAILED ->
                named.with(named.agent.with(named.agent.svid().failed(at, signal.getError())));
            case SVID_EXPIRED -> named.with(named.agent.with(named.agent.svid().expired(at)));
            case ATTEST_FAILED -> named.with(named.agent.failed(at, signal.getError(), fact));
            case BANNED -> named.with(named.agent.banned(at, fact));
            case EVICTED -> named.with(named.agent.deleted(at, fact));
            case NOT_ATTESTED -> named.with(named.agent.evicted(at, fact));
            case SYNC_SUCCEEDED -> named.served(at, signal.getReporter() == Reporter.SERVER);
            case SYNC_FAILED -> named.syncFailed(signal, at, fact);
            case REATTEST_NEEDED -> named.with(named.agent.outcast(at, signal.getError(), fact));
            case LOOKUP_FAILED, UNKNOWN -> named;
        };
    }

    private NodeRecord complained(AgentSignal signal, Instant at) {
        return CertificateTimes.of(signal.getError())
                .map(times -> with(clock.notBefore(
                        times.current(),
                        times.notBefore(),
                        Times.latest(at, times.notBefore()),
                        "the agent takes a certificate of " + times.notBefore() + " for one of the future, at "
                                + times.current())))
                .orElse(this);
    }

    /** The server served the agent, so it took the agent's SVID. */
    private NodeRecord served(Instant at, boolean audited) {
        AgentIdentity accepted = agent.with(agent.svid().accepted(at));
        return with(accepted).with(audited ? sync.auditedSuccess(at) : sync).synchronised(at);
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
        Instant next = serving ? null : at.plusMillis(signal.getRetryInMillis());
        return with(sync.failed(at, next, signal.getError(), fact)).with(serving ? process.alive(at) : process);
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
        return but(draft -> draft.kubernetes = node);
    }

    NodeRecord with(AgentPod pod) {
        return but(draft -> draft.agentPod = pod);
    }

    NodeRecord with(AgentIdentity identity) {
        return but(draft -> draft.agent = identity);
    }

    NodeRecord with(SyncHistory history) {
        return but(draft -> draft.sync = history);
    }

    NodeRecord with(AttestorHistory history) {
        return but(draft -> draft.attestor = history);
    }

    NodeRecord with(AgentProcess newProcess) {
        return but(draft -> draft.process = newProcess);
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
    NodeRecord attested(Instant at, String podUid, Long pid) {
        NodeRecord worked = with(attestor.worked(at)).with(lookups.worked(at, podUid), timeouts.worked(at, podUid));
        return worked.but(draft -> draft.named = named.seen(at, process.startedAt(), pid));
    }

    /** A process asked, and nobody tells its pod. */
    NodeRecord stranger(Instant at, Long pid) {
        NamedRequests seen = named.stranger(at, pid);
        return seen.equals(named) ? this : but(draft -> draft.named = seen);
    }

    private NodeRecord with(FailedCallers lookedUp, FailedCallers timedOut) {
        return but(draft -> {
            draft.lookups = lookedUp;
            draft.timeouts = timedOut;
        });
    }

    NodeRecord with(NodeClock time) {
        return but(draft -> draft.clock = time);
    }

    NodeRecord with(SigningHistory history) {
        return but(draft -> draft.signing = history);
    }

    NodeRecord with(ServerContact seen) {
        return but(draft -> draft.contact = seen);
    }

    NodeRecord with(LogVoice told) {
        return told.equals(voice) ? this : but(draft -> draft.voice = told);
    }

    NodeRecord nextRevision() {
        return but(draft -> draft.revision = revision + 1);
    }

    private NodeRecord but(Consumer<NodeDraft> change) {
        NodeDraft draft = new NodeDraft(this);
        change.accept(draft);
        return draft.done();
    }
}
