package io.svidflow.identity;

import io.svidflow.event.Evidence;
import io.svidflow.event.Link;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** The facts behind a pod's standing, in words, oldest first. */
final class ChainEvidence {

    private ChainEvidence() {}

    static List<Evidence> of(PodRecord pod, NodeRecord node) {
        List<Evidence> lines = new ArrayList<>();
        add(lines, pod.pod().startedAt(), null, "container started on " + node.name(), null);
        node(lines, node);
        for (KnownEntry entry : pod.entries().values()) {
            add(lines, entry.createdAt(), Link.ENTRY_PRESENT, "entry " + entry.id() + " created", entry.ref());
            if (entry.formerParent() != null) {
                String drift = "parent of entry " + entry.id() + " changed from " + entry.formerParent() + " to "
                        + entry.parentId();
                add(lines, entry.parentSince(), Link.PARENT_LIVE, drift, entry.ref());
            }
            boolean refused = node.signing().refusedSince(entry.issuing());
            Instant signed = Times.latest(refused ? null : entry.issuing(), entry.issuedAt());
            add(lines, signed, Link.SVID_ISSUED, "SVID signed for entry " + entry.id(), entry.ref());
        }
        churn(lines, pod.churn());
        if (pod.flaps().count() > 1) {
            String times = pod.flaps().count() + " times since " + pod.flaps().first();
            add(lines, pod.flaps().last(), Link.SYNCHRONISED, "the agent got the entry back " + times, null);
        }
        add(
                lines,
                node.signing().failingSince(),
                Link.SVID_ISSUED,
                "the server refuses to sign for the agent: " + node.signing().error(),
                null);
        MountHistory mount = pod.mount();
        add(lines, mount.failingSince(), Link.SOCKET, "volume cannot be mounted: " + mount.error(), mount.ref());
        FetchHistory fetches = pod.fetches();
        if (fetches.refusals() > 0) {
            String times = fetches.refusals() == 1 ? "once" : fetches.refusals() + " times";
            add(lines, fetches.firstRefusal(), null, "refused " + times + ": no identity issued", fetches.ref());
        }
        add(
                lines,
                fetches.attestFailingSince(),
                Link.WORKLOAD_ATTESTED,
                "workload attestation fails: " + fetches.attestError(),
                fetches.ref());
        lines.sort(Comparator.comparing(Evidence::getAt).thenComparing(Evidence::getText));
        return List.copyOf(lines);
    }

    private static void churn(List<Evidence> lines, EntryChurn churn) {
        if (!churn.recreations().isEmpty()) {
            int times = churn.recreations().size();
            String text = "an entry of the pod was deleted and created again alike, " + times
                    + (times == 1 ? " time" : " times") + " so far";
            add(lines, churn.recreations().get(times - 1), Link.ENTRY_PRESENT, text, null);
        }
    }

    private static void node(List<Evidence> lines, NodeRecord node) {
        SyncHistory sync = node.sync();
        add(lines, sync.lastSuccess(), Link.SYNCHRONISED, "agent last known to have synchronised", null);
        if (sync.failing()) {
            String count = sync.attempts() + (sync.attempts() == 1 ? " attempt" : " attempts");
            add(
                    lines,
                    sync.failingSince(),
                    Link.SYNCHRONISED,
                    "agent fails to synchronise (" + count + " so far); first error: " + sync.firstError(),
                    null);
            add(lines, sync.lastAttempt(), Link.SYNCHRONISED, "last failed attempt: " + sync.lastError(), sync.ref());
        }
        AgentIdentity agent = node.agent();
        add(lines, agent.bannedAt(), Link.AGENT_ATTESTED, "agent " + agent.agentId() + " is banned", agent.ref());
        add(lines, agent.evictedAt(), Link.AGENT_ATTESTED, "the server no longer knows the agent", agent.ref());
        add(
                lines,
                agent.failingSince(),
                Link.AGENT_ATTESTED,
                "node attestation fails: " + agent.lastError(),
                agent.ref());
        AgentSvid svid = agent.svid();
        add(
                lines,
                svid.failingSince(),
                Link.AGENT_ATTESTED,
                "the agent cannot renew its own SVID: " + svid.error(),
                null);
        add(lines, svid.expiredSince(), Link.AGENT_ATTESTED, "the agent's own SVID has expired", null);
        AttestorHistory attestor = node.attestor();
        add(
                lines,
                attestor.failingSince(),
                Link.WORKLOAD_ATTESTED,
                "workload attestor fails on the node: " + attestor.lastError(),
                null);
        AgentPod pod = node.agentPod();
        if (pod != null && pod.notReadySince() != null) {
            String reason = pod.reason() == null ? "not Ready" : pod.reason();
            add(lines, pod.notReadySince(), Link.AGENT_READY, "agent pod " + pod.name() + ": " + reason, null);
        }
        KubernetesNode kubernetes = node.kubernetes();
        if (kubernetes != null && kubernetes.recoveredAt() != null) {
            String how = kubernetes.rebooted() ? "node came back with a new boot id" : "node is Ready again";
            add(lines, kubernetes.recoveredAt(), Link.NODE_READY, how, kubernetes.ref());
        }
    }

    private static void add(List<Evidence> lines, Instant at, Link link, String text, String ref) {
        if (at != null) {
            lines.add(new Evidence(at, link, text, ref));
        }
    }
}
