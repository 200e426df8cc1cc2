package io.svidflow.identity;

import static io.svidflow.identity.LinkStatus.HOLDS;
import static io.svidflow.identity.LinkStatus.UNKNOWN;
import static io.svidflow.identity.LinkStatus.missingFrom;

import io.svidflow.event.Link;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.function.Supplier;

/** The links of the identity chain, one method each: does it hold, and if not, from when does that mean something? */
final class Links {

    static final List<Link> ORDER = List.of(
            Link.NODE_READY,
            Link.AGENT_READY,
            Link.AGENT_ATTESTED,
            Link.SOCKET,
            Link.ENTRY_PRESENT,
            Link.PARENT_LIVE,
            Link.SYNCHRONISED,
            Link.WORKLOAD_ATTESTED,
            Link.SVID_ISSUED);

    /** The server serves agents from a cache that it reloads every 5 s; created_at is rounded to a second. */
    private static final Duration SERVER_CACHE = Duration.ofSeconds(6);
    /** A ban needs no grace of its own, but a pod that lives for seconds only is nobody's incident. */
    private static final Duration DECISIVE = Duration.ofSeconds(30);

    /** How the ids of agents read that attest with the token of their pod. */
    private static final List<String> AS_POD = List.of("/spire/agent/k8s_psat/", "/spire/agent/k8s_sat/");
    /** After a boot the CSI driver is registered with the kubelet within this time. */
    private static final Duration MOUNT = Duration.ofSeconds(60);

    private final Graces graces;

    Links(Graces graces) {
        this.graces = graces;
    }

    /** @param neighbours the pods of the node, asked for only where one pod alone does not decide it */
    LinkStatus status(
            Link link,
            PodRecord pod,
            NodeRecord node,
            Coverage coverage,
            Instant now,
            Supplier<List<PodRecord>> neighbours) {
        return switch (link) {
            case NODE_READY -> node.kubernetes().ready() ? HOLDS : UNKNOWN;
            case AGENT_READY -> agentReady(pod, node, coverage, now);
            case AGENT_ATTESTED -> agentAttested(pod, node, now);
            case SOCKET -> socket(pod, node, now);
            case ENTRY_PRESENT -> entryPresent(pod, coverage, now);
            case PARENT_LIVE -> parentLive(pod, node);
            case SYNCHRONISED -> synchronised(pod, node, now);
            case WORKLOAD_ATTESTED -> workloadAttested(pod, node, now);
            case SVID_ISSUED -> issued(pod, node, coverage, now, neighbours);
            case RENEWED -> UNKNOWN;
            case UNKNOWN -> UNKNOWN;
        };
    }

    /** When the pod's wait for an identity began. */
    static Instant start(PodRecord pod) {
        PodRecord.Description description = pod.pod();
        return description.beforeCoverage()
                ? Times.latest(
                        Times.latest(description.selectedSince(), pod.fetches().firstRefusal()),
                        pod.churn().recreations().stream().findFirst().orElse(null))
                : Times.latest(
                        description.startedAt() == null ? firstSign(pod) : description.startedAt(),
                        description.selectedSince());
    }

    /** When a pod of which no container counts as started began to miss something. */
    private static Instant firstSign(PodRecord pod) {
        return Times.latest(pod.fetches().firstRefusal(), pod.mount().failingSince());
    }

    /** Right after a boot the CSI driver is not registered yet: pods wait for it as they wait for everything. */
    private LinkStatus socket(PodRecord pod, NodeRecord node, Instant now) {
        return pod.mountFailing(now)
                ? missingFrom(Times.latest(
                                pod.mount().failingSince(), node.kubernetes().recoveredAt())
                        .plus(MOUNT))
                : UNKNOWN;
    }

    private LinkStatus agentReady(PodRecord pod, NodeRecord node, Coverage coverage, Instant now) {
        if (node.agentUp(now, graces)) {
            return HOLDS;
        }
        if (node.agent().bannedAt() != null) {
            return missingFrom(Times.latest(start(pod), node.agent().bannedAt()).plus(DECISIVE));
        }
        if (node.agentPodExpected()) {
            return missingFrom(Times.latest(start(pod), node.agentDownSince()).plus(graces.agentReady()));
        }
        return absent(pod, node, coverage)
                ? missingFrom(Times.latest(start(pod), coverage.since()).plus(graces.agentReady()))
                : UNKNOWN;
    }

    /** An entry for an agent that attests as a pod, and neither such a pod nor any sign of an agent on the node. */
    private static boolean absent(PodRecord pod, NodeRecord node, Coverage coverage) {
        boolean heardOf = node.agent().agentId() != null || node.process().aliveAt() != null;
        return !heardOf
                && coverage.since() != null
                && pod.entries().values().stream()
                        .anyMatch(entry -> AS_POD.stream().anyMatch(entry.parentId()::contains));
    }

    private LinkStatus agentAttested(PodRecord pod, NodeRecord node, Instant now) {
        AgentIdentity agent = node.agent();
        if (agent.bannedAt() != null) {
            return missingFrom(Times.latest(start(pod), agent.bannedAt()).plus(DECISIVE));
        }
        if (agent.evictedAt() != null) {
            return missingFrom(Times.latest(start(pod), agent.evictedAt()).plus(graces.reattestation()));
        }
        if (agent.failingSince() != null) {
            return missingFrom(Times.latest(start(pod), agent.failingSince()).plus(graces.agentReady()));
        }
        Instant expired = agent.svid().expiredAt(node.sync().lastSuccess(), now);
        if (expired != null) {
            // Until then the agent may renew, and what else is missing need not wait for it.
            Instant deadline = Times.latest(start(pod), expired).plus(graces.agentReady());
            return now.isBefore(deadline) ? UNKNOWN : missingFrom(deadline);
        }
        return agent.attestedAt() == null ? UNKNOWN : HOLDS;
    }

    private LinkStatus entryPresent(PodRecord pod, Coverage coverage, Instant now) {
        if (pod.churn().goesOn(now)) {
            return missingFrom(start(pod));
        }
        if (!pod.entries().isEmpty()) {
            return HOLDS;
        }
        // A registrar that replaces an entry deletes the old one first.
        Instant since = Times.latest(start(pod), pod.churn().lostAt());
        return coverage.entries() ? missingFrom(since.plus(graces.entry())) : UNKNOWN;
    }

    private LinkStatus parentLive(PodRecord pod, NodeRecord node) {
        if (pod.entries().isEmpty()) {
            return UNKNOWN;
        }
        return switch (Parents.of(pod, node)) {
            case THE_AGENT -> HOLDS;
            case UNKNOWN -> UNKNOWN;
            // A node that comes back under another UID has its entries written anew by the registrar's next pass.
            case ANOTHER -> {
                Instant settled =
                        Times.latest(Parents.settledAt(pod), node.agent().attestedAt());
                yield missingFrom(Times.latest(start(pod), settled).plus(graces.parent()));
            }
        };
    }

    private LinkStatus synchronised(PodRecord pod, NodeRecord node, Instant now) {
        Instant created = Parents.usableSince(pod, node);
        if (created == null) {
            return UNKNOWN;
        }
        if (pod.flaps().unsteady(now)) {
            return missingFrom(pod.flaps().last());
        }
        SyncHistory sync = node.sync();
        boolean known = Times.reached(sync.lastSuccess(), created.plus(SERVER_CACHE));
        if (known || Proof.signedAt(pod, node, now) != null) {
            return HOLDS;
        }
        if (!sync.failing() && !sync.reported()) {
            return UNKNOWN;
        }
        Instant attested = node.agent().attestedAt();
        boolean fresh = attested != null && attested.isAfter(created.minus(graces.synchronised()));
        Duration grace = fresh ? graces.synchronisedFresh() : graces.synchronised();
        return missingFrom(
                Times.latest(start(pod), Times.latest(created, attested)).plus(grace));
    }

    private LinkStatus workloadAttested(PodRecord pod, NodeRecord node, Instant now) {
        AttestationTrouble trouble = AttestationTrouble.of(pod, node, now);
        if (trouble != null) {
            Instant lasting = Times.latest(start(pod), trouble.since()).plus(graces.workloadAttestation());
            return missingFrom(trouble.leftover(pod) ? Times.latest(lasting, now.plus(graces.recheck())) : lasting);
        }
        if (!SelectorFit.of(pod).fits()) {
            Instant settled = Times.latest(start(pod), Parents.settledAt(pod));
            return missingFrom(settled.plus(graces.synchronised()).plus(graces.issued()));
        }
        return Times.reached(pod.fetches().attestedAt(), start(pod)) ? HOLDS : UNKNOWN;
    }

    /** Whether a signature would be seen: in the agent's log, or where the server keeps an audit log. */
    static boolean issuanceVisible(NodeRecord node, Coverage coverage) {
        return coverage.issuance() || node.sync().audited();
    }

    /**
     * Nobody logs that nothing is signed, and the line that tells of a signature may be lost: only a workload that is
     * still refused makes its absence a fault. One that only its pid is known of may be any of the pods that nobody has
     * seen served.
     */
    private LinkStatus issued(
            PodRecord pod, NodeRecord node, Coverage coverage, Instant now, Supplier<List<PodRecord>> neighbours) {
        Instant created = Parents.usableSince(pod, node);
        if (created == null) {
            return UNKNOWN;
        }
        Instant known = Times.latest(created, node.agent().attestedAt());
        Instant deadline =
                Times.latest(start(pod), known).plus(graces.synchronised()).plus(graces.issued());
        Instant lately = now.minus(graces.issued());
        boolean refused = Times.reached(pod.fetches().lastRefusal(), lately);
        boolean visible =
                issuanceVisible(node, coverage) && coverage.since() != null && created.isAfter(coverage.since());
        boolean somebodyRefused = visible
                && !now.isBefore(deadline)
                && pod.fetches().refusals() == 0
                && Proof.signedAt(pod, node, now) == null
                && Strangers.include(
                        pod, node, neighbours.get(), Times.latest(lately, known.plus(graces.synchronised())), now);
        boolean unsigned =
                Proof.signedAt(pod, node, now) == null && node.signing().refusedSince(lately);
        if (now.isBefore(deadline) || refused || somebodyRefused || unsigned) {
            return missingFrom(deadline);
        }
        return UNKNOWN;
    }
}
