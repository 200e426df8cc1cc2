package io.svidflow.identity;

import static io.svidflow.identity.LinkStatus.HOLDS;
import static io.svidflow.identity.LinkStatus.UNKNOWN;
import static io.svidflow.identity.LinkStatus.missingFrom;

import io.svidflow.event.Link;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/** The links of the identity chain, one method each: does it hold, and if not, from when does that mean something? */
final class Links {

    static final List<Link> ORDER = List.of(
            Link.NODE_READY,
            Link.AGENT_READY,
            Link.AGENT_ATTESTED,
            Link.ENTRY_PRESENT,
            Link.PARENT_LIVE,
            Link.SYNCHRONISED,
            Link.WORKLOAD_ATTESTED,
            Link.SVID_ISSUED);

    /** The server serves agents from a cache that it reloads every 5 s; created_at is rounded to a second. */
    private static final Duration SERVER_CACHE = Duration.ofSeconds(6);
    /** A ban needs no grace of its own, but a pod that lives for seconds only is nobody's incident. */
    private static final Duration DECISIVE = Duration.ofSeconds(30);

    private final Graces graces;

    Links(Graces graces) {
        this.graces = graces;
    }

    LinkStatus status(Link link, PodRecord pod, NodeRecord node, Coverage coverage, Instant now) {
        return switch (link) {
            case NODE_READY -> node.kubernetes().ready() ? HOLDS : UNKNOWN;
            case AGENT_READY -> agentReady(pod, node, now);
            case AGENT_ATTESTED -> agentAttested(pod, node);
            case ENTRY_PRESENT -> entryPresent(pod, coverage);
            case PARENT_LIVE -> pod.entries().isEmpty() ? UNKNOWN : HOLDS;
            case SYNCHRONISED -> synchronised(pod, node, now);
            case WORKLOAD_ATTESTED -> workloadAttested(pod, node, now);
            case SVID_ISSUED -> issued(pod, node, coverage, now);
            case RENEWED -> UNKNOWN;
            case UNKNOWN -> UNKNOWN;
        };
    }

    /** When the pod's wait for an identity began. */
    static Instant start(PodRecord pod) {
        PodRecord.Description description = pod.pod();
        return description.beforeCoverage()
                ? Times.latest(description.selectedSince(), pod.fetches().firstRefusal())
                : Times.latest(description.startedAt(), description.selectedSince());
    }

    private LinkStatus agentReady(PodRecord pod, NodeRecord node, Instant now) {
        if (node.agentUp(now, graces)) {
            return HOLDS;
        }
        if (node.agent().bannedAt() != null) {
            return missingFrom(Times.latest(start(pod), node.agent().bannedAt()).plus(DECISIVE));
        }
        return node.agentPodExpected()
                ? missingFrom(Times.latest(start(pod), node.agentDownSince()).plus(graces.agentReady()))
                : UNKNOWN;
    }

    private LinkStatus agentAttested(PodRecord pod, NodeRecord node) {
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
        return agent.attestedAt() == null ? UNKNOWN : HOLDS;
    }

    private LinkStatus entryPresent(PodRecord pod, Coverage coverage) {
        if (!pod.entries().isEmpty()) {
            return HOLDS;
        }
        return coverage.entries() ? missingFrom(start(pod).plus(graces.entry())) : UNKNOWN;
    }

    private LinkStatus synchronised(PodRecord pod, NodeRecord node, Instant now) {
        Instant created = pod.entryCreatedAt();
        if (created == null) {
            return UNKNOWN;
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
        Instant failing = Proof.attestationFailingSince(pod, node, now);
        if (failing != null) {
            return missingFrom(Times.latest(start(pod), failing).plus(graces.workloadAttestation()));
        }
        return Times.reached(pod.fetches().attestedAt(), start(pod)) ? HOLDS : UNKNOWN;
    }

    /** Whether a signature would be seen: in the agent's log, or where the server keeps an audit log. */
    static boolean issuanceVisible(NodeRecord node, Coverage coverage) {
        return coverage.issuance() || node.sync().audited();
    }

    /** Nobody logs that nothing is signed: only a workload that is still refused makes its absence a fault. */
    private LinkStatus issued(PodRecord pod, NodeRecord node, Coverage coverage, Instant now) {
        Instant created = pod.entryCreatedAt();
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
                && pod.fetches().refusals() == 0
                && Proof.signedAt(pod, node, now) == null
                && Times.reached(node.process().refusedAt(), lately);
        if (now.isBefore(deadline) || refused || somebodyRefused) {
            return missingFrom(deadline);
        }
        return UNKNOWN;
    }
}
