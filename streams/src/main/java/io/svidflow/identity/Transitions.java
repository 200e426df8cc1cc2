package io.svidflow.identity;

import io.svidflow.event.AgentSynchronised;
import io.svidflow.event.Clocks;
import io.svidflow.event.ComponentTransition;
import io.svidflow.event.ContainerState;
import io.svidflow.event.EventHeader;
import io.svidflow.event.IdentityState;
import io.svidflow.event.NodeTransition;
import io.svidflow.event.PodIdentityEvent;
import io.svidflow.event.PodObserved;
import io.svidflow.event.PodTransition;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.apache.avro.specific.SpecificRecord;

/** Words stage 1's conclusions as events for stage 2. */
final class Transitions {

    /** A proof of health is worth a minute; it is told twice as often. */
    private static final long PROOF_SECONDS = 30;

    private final int partition;

    Transitions(int partition) {
        this.partition = partition;
    }

    PodIdentityEvent pod(
            PodRecord pod, NodeRecord node, String nodeKey, Instant now, boolean late, List<String> sources) {
        Standing standing = pod.standing();
        SelectorFit fit = SelectorFit.of(pod);
        boolean silent = standing.silent();
        PodTransition transition = describe(pod, nodeKey)
                .setRequests(standing.requests())
                .setStreams(pod.requests().streams())
                .setSilentSince(silent ? Asking.since(pod, node) : null)
                .setLackingSelectors(fit.lacking())
                .setAttestedSelectors(fit.attested())
                .setSignedAt(Proof.signedAt(pod, node, now))
                .setEntryFlaps(pod.flaps().unsteady(now) ? pod.flaps().count() : 0)
                .setEntryRecreations(pod.churn().recreated(now))
                .setState(standing.state())
                .setSince(standing.since())
                .setFirstMissing(standing.firstMissing())
                .setProven(standing.proven())
                .setProof(standing.proof())
                .setClocks(new Clocks(
                        pod.pod().startedAt(),
                        pod.entryCreatedAt(),
                        node.sync().lastSuccess(),
                        pod.fetches().firstRefusal()))
                .setAttestError(attestError(pod, node, now))
                .setMountError(pod.mountFailing(now) ? pod.mount().error() : null)
                .setMountFailingSince(pod.mountFailing(now) ? pod.mount().failingSince() : null)
                .setRefusals(pod.fetches().refusals())
                .setLate(late)
                .setSources(sources)
                .setEvidence(standing.troubled() ? ChainEvidence.of(pod, node) : List.of())
                .build();
        return event(nodeKey, now, transition, standing.revision(), pod.uid());
    }

    private static String attestError(PodRecord pod, NodeRecord node, Instant now) {
        AttestationTrouble trouble = AttestationTrouble.of(pod, node, now);
        if (trouble != null && trouble.error() != null) {
            return trouble.error();
        }
        return pod.fetches().attestError() != null
                ? pod.fetches().attestError()
                : node.attestor().lastError();
    }

    PodIdentityEvent podGone(PodRecord pod, String nodeKey, Instant now) {
        PodTransition transition = describe(pod, nodeKey)
                .setState(IdentityState.GONE)
                .setSince(now)
                .setFirstMissing(null)
                .setProven(List.of())
                .setProof(null)
                .setClocks(new Clocks(
                        pod.pod().startedAt(),
                        pod.entryCreatedAt(),
                        null,
                        pod.fetches().firstRefusal()))
                .setEvidence(List.of())
                .build();
        return event(nodeKey, now, transition, pod.standing().revision() + 1, pod.uid());
    }

    private static PodTransition.Builder describe(PodRecord pod, String nodeKey) {
        return PodTransition.newBuilder()
                .setPodUid(pod.uid())
                .setNamespace(pod.pod().namespace())
                .setPod(pod.pod().name())
                .setNode(nodeName(nodeKey))
                .setOwner(pod.pod().owner())
                .setTemplate(pod.pod().template())
                .setSelectionKnown(pod.pod().selectionKnown())
                .setParents(pod.entries().values().stream()
                        .map(KnownEntry::parentId)
                        .distinct()
                        .sorted()
                        .toList())
                .setEntryId(youngest(pod).map(KnownEntry::id).orElse(null))
                .setEntryRevision(youngest(pod).map(KnownEntry::revision).orElse(null))
                .setExpectedBy(pod.standing().expectedBy())
                .setRules(pod.pod().rules())
                .setRestarts(pod.pod().restarts());
    }

    private static Optional<KnownEntry> youngest(PodRecord pod) {
        return pod.entries().values().stream()
                .max(Comparator.comparing(KnownEntry::createdAt, Comparator.nullsFirst(Comparator.naturalOrder()))
                        .thenComparing(KnownEntry::id));
    }

    /** Stage 2 hears of a node when more changed than the time of a routine success. */
    boolean tellsMore(NodeRecord before, NodeRecord after) {
        if (before.equals(after)) {
            return false;
        }
        NodeTransition was = summary(before).setLastSyncSuccess(null).build();
        NodeTransition is = summary(after).setLastSyncSuccess(null).build();
        return !was.equals(is);
    }

    PodIdentityEvent node(NodeRecord node, Instant now) {
        NodeTransition transition = summary(node).build();
        return event(node.cluster() + "/" + node.name(), now, transition, node.revision() + 1, "node/" + node.name());
    }

    /** Whether the agent has synchronised in another half minute than before. */
    static boolean synchronisedAnew(NodeRecord before, NodeRecord after) {
        Instant last = after.sync().lastSuccess();
        Instant former = before.sync().lastSuccess();
        return last != null
                && (former == null || last.getEpochSecond() / PROOF_SECONDS > former.getEpochSecond() / PROOF_SECONDS);
    }

    /** The agent synchronised, which is no news but a proof. */
    PodIdentityEvent synchronised(NodeRecord node, Instant now) {
        AgentSynchronised proof = new AgentSynchronised(node.name(), node.sync().lastSuccess());
        return event(node.cluster() + "/" + node.name(), now, proof, node.revision(), "sync/" + node.name());
    }

    PodIdentityEvent nodeGone(NodeRecord node, Instant now) {
        NodeTransition transition = summary(node).setGone(true).build();
        return event(node.cluster() + "/" + node.name(), now, transition, node.revision() + 1, "node/" + node.name());
    }

    private static NodeTransition.Builder summary(NodeRecord node) {
        KubernetesNode kubernetes = node.kubernetes();
        AgentPod pod = node.agentPod();
        AgentPod csi = node.csiDriver();
        AgentIdentity agent = node.agent();
        SyncHistory sync = node.sync();
        return NodeTransition.newBuilder()
                .setNode(node.name())
                .setNodeUid(kubernetes == null ? null : kubernetes.uid())
                .setBootId(kubernetes == null ? null : kubernetes.bootId())
                .setReady(kubernetes == null ? null : kubernetes.ready())
                .setNotReadySince(kubernetes == null ? null : kubernetes.notReadySince())
                .setRecoveredAt(kubernetes == null ? null : kubernetes.recoveredAt())
                .setRebooted(kubernetes != null && kubernetes.rebooted())
                .setAgentPod(pod == null || pod.gone() ? null : pod.namespace() + "/" + pod.name())
                .setAgentPodUid(pod == null || pod.gone() ? null : pod.uid())
                .setAgentRunning(pod == null ? null : pod.running())
                .setAgentReady(pod == null ? null : pod.notReadySince() == null)
                .setAgentNotReadySince(pod == null ? null : pod.notReadySince())
                .setAgentReason(pod == null ? null : pod.reason())
                .setAgentStartedAt(pod == null ? node.process().startedAt() : pod.startedAt())
                .setAgentId(agent.agentId())
                .setAttestedAt(agent.attestedAt())
                .setBanned(agent.bannedAt() != null)
                .setBannedAt(agent.bannedAt())
                .setEvictedAt(agent.evictedAt())
                .setLastSyncSuccess(sync.lastSuccess())
                .setSyncFailingSince(sync.failingSince())
                .setSyncAttempts(sync.attempts())
                .setLastSyncAttempt(sync.lastAttempt())
                .setPreviousSyncAttempt(sync.previousAttempt())
                .setFirstSyncError(sync.firstError())
                .setLastSyncError(sync.lastError())
                .setAttestFailingSince(node.attestor().failingSince())
                .setLastAttestError(node.attestor().lastError())
                .setNodeAttestFailingSince(agent.failingSince())
                .setLastNodeAttestError(agent.failingSince() == null ? null : agent.lastError())
                .setAgentDeletedAt(agent.deletedAt())
                .setAgentCanReattest(agent.canReattest())
                .setAgentSvidExpiresAt(agent.svid().expiresAt())
                .setAgentSvidExpiredSince(agent.svid().expiredSince())
                .setRenewalFailingSince(agent.svid().failingSince())
                .setRenewalFailures(agent.svid().failures())
                .setRenewalError(agent.svid().error())
                .setAgentCrashError(node.process().lastWords())
                .setSuspendedFrom(node.clock().suspendedFrom())
                .setResumedAt(node.clock().resumedAt())
                .setClockOffsetSeconds(node.clock().offsetSeconds())
                .setClockOffsetAt(rounded(node.clock().offsetAt()))
                .setClockWitness(node.clock().offsetWitness())
                .setLookupFailures(node.lookups().count())
                .setLookupFailingSince(node.lookups().since())
                .setLookupWorksForOthers(node.lookups().othersServed())
                .setTimedOutCallers(node.timeouts().count())
                .setTimingOutSince(node.timeouts().since())
                .setOthersInTime(node.timeouts().othersServed())
                .setCsiPod(csi == null || csi.gone() ? null : csi.namespace() + "/" + csi.name())
                .setCsiServing(csi == null ? null : csi.notReadySince() == null && !csi.gone())
                .setCsiStartedAt(csi == null ? null : csi.startedAt())
                .setCsiReason(csi == null ? null : csi.reason())
                .setAgentLastStop(pod == null ? null : pod.lastStop())
                .setSignFailingSince(node.signing().failingSince())
                .setSignError(node.signing().error())
                .setAgentVersion(node.process().version())
                .setNextSyncAttempt(sync.announcedNext())
                .setServerReplica(node.contact().replica())
                .setFormerAgentIds(agent.former())
                .setSilentSince(node.contact().silentSince())
                .setUnservedSince(node.contact().unservedSince())
                .setAgentLogMuteSince(node.voice().muteSince())
                .setSilentBy(node.contact().unservedSince() == null ? List.of() : sync.reporters())
                .setEvidence(List.of());
    }

    String componentSummary(PodObserved pod) {
        return running(pod) + "/" + pod.getReady() + "/" + stopped(pod) + "/" + pod.getDeleted();
    }

    PodIdentityEvent component(EventHeader header, PodObserved pod, Instant now) {
        ComponentTransition transition = ComponentTransition.newBuilder()
                .setRole(pod.getRole().name())
                .setPodUid(pod.getUid())
                .setNamespace(pod.getNamespace())
                .setPod(pod.getName())
                .setNode(header.getNode())
                .setRunning(running(pod))
                .setReady(pod.getReady())
                .setSince(header.getEventTime())
                .setStopped(stopped(pod))
                .setGone(pod.getDeleted())
                .setRef(header.getId())
                .build();
        return event(header.getCluster() + "/" + header.getNode(), now, transition, header.getSequence(), pod.getUid());
    }

    /** A difference of clocks is seen with every answer of an agent: news only now and then. */
    private static Instant rounded(Instant at) {
        return at == null ? null : Instant.ofEpochSecond(at.getEpochSecond() / 300 * 300);
    }

    private static boolean running(PodObserved pod) {
        return !pod.getDeleted()
                && !pod.getContainers().isEmpty()
                && pod.getContainers().stream().allMatch(ContainerState::getRunning);
    }

    private static List<String> stopped(PodObserved pod) {
        return pod.getContainers().stream()
                .filter(container -> !container.getRunning())
                .map(container ->
                        container.getName() + (container.getReason() == null ? "" : " (" + container.getReason() + ")"))
                .sorted()
                .toList();
    }

    private PodIdentityEvent event(String nodeKey, Instant now, SpecificRecord body, long sequence, String subject) {
        String identity = nodeKey + "\n" + subject + "\n" + now + "\n" + sequence;
        return PodIdentityEvent.newBuilder()
                .setId(UUID.nameUUIDFromBytes(identity.getBytes(StandardCharsets.UTF_8))
                        .toString())
                .setAt(now)
                .setCluster(nodeKey.substring(0, nodeKey.indexOf('/')))
                .setPartition(partition)
                .setSequence(sequence)
                .setBody(body)
                .build();
    }

    private static String nodeName(String nodeKey) {
        return nodeKey.substring(nodeKey.indexOf('/') + 1);
    }
}
