package io.svidflow.identity;

import java.time.Instant;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Whether the parent of an entry is the agent on the pod's node: an agent gets only the entries that name it as parent. */
final class Parents {

    /** An agent attested by k8s_psat is named after its node or, since SPIRE 1.15.3 and if so configured, its pod. */
    private static final Pattern PSAT_AGENT =
            Pattern.compile("spiffe://[^/]+/spire/agent/k8s_p?sat/[^/]+/(?<pod>pod/)?(?<uid>[^/]+)");

    private static final String AGENTS = "/spire/agent/";

    /** What is known of a parent. */
    enum Fit {
        /** It is the agent of the pod's node. */
        THE_AGENT,
        /** It is another agent, or none. */
        ANOTHER,
        /** Nobody can tell: it is a node alias, or the agent's id is not known. */
        UNKNOWN
    }

    private Parents() {}

    /** The best of the pod's entries. */
    static Fit of(PodRecord pod, NodeRecord node) {
        Fit best = Fit.ANOTHER;
        for (KnownEntry entry : pod.entries().values()) {
            Fit fit = of(entry.parentId(), node);
            if (fit == Fit.THE_AGENT) {
                return fit;
            }
            best = fit == Fit.UNKNOWN ? fit : best;
        }
        return best;
    }

    /**
     * When the first entry was created that the agent gets and the pod matches, as far as known; where none is such, the
     * first of any. An entry that is about to be replaced starts no grace for its successor. Null: there is none.
     */
    static Instant usableSince(PodRecord pod, NodeRecord node) {
        return pod.entries().values().stream()
                .filter(entry -> of(entry.parentId(), node) != Fit.ANOTHER && SelectorFit.usable(entry, pod))
                .map(KnownEntry::createdAt)
                .reduce(Times::earliest)
                .orElseGet(pod::entryCreatedAt);
    }

    /** When the last entry of the pod came or changed its parent. */
    static Instant settledAt(PodRecord pod) {
        return pod.entries().values().stream()
                .map(entry -> Times.latest(entry.createdAt(), entry.parentSince()))
                .reduce(null, Times::latest);
    }

    private static Fit of(String parent, NodeRecord node) {
        if (parent == null || !parent.contains(AGENTS)) {
            return Fit.UNKNOWN;
        }
        String agent = node.agent().agentId();
        if (agent != null) {
            return agent.equals(parent) ? Fit.THE_AGENT : Fit.ANOTHER;
        }
        KubernetesNode kubernetes = node.kubernetes();
        return kubernetes == null || kubernetes.uid() == null
                ? Fit.UNKNOWN
                : nodeUid(parent)
                        .map(uid -> uid.equals(kubernetes.uid()) ? Fit.THE_AGENT : Fit.ANOTHER)
                        .orElse(Fit.UNKNOWN);
    }

    private static Optional<String> nodeUid(String agentId) {
        Matcher matcher = PSAT_AGENT.matcher(agentId);
        return matcher.matches() && matcher.group("pod") == null ? Optional.of(matcher.group("uid")) : Optional.empty();
    }
}
