package io.svidflow.diagnosis;

import static io.svidflow.diagnosis.Assessment.fact;
import static io.svidflow.diagnosis.Assessment.likely;
import static io.svidflow.diagnosis.Assessment.ruledOut;
import static io.svidflow.diagnosis.Assessment.silent;

import io.svidflow.event.Link;
import io.svidflow.event.NodeTransition;
import java.time.Instant;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The entry names a parent that is not the agent on the pod's node, so that this agent never gets it: the node came back
 * under another UID, the cluster was renamed, or agents are named after their pods.
 */
final class EntryParentMismatch implements Cause {

    /** {@code k8s_psat/CLUSTER/NODE-UID}, or {@code k8s_psat/CLUSTER/pod/POD-UID} since SPIRE 1.15.3. */
    private static final Pattern PSAT =
            Pattern.compile("spiffe://[^/]+/spire/agent/k8s_p?sat/(?<cluster>[^/]+)/(?<pod>pod/)?(?<uid>[^/]+)");

    @Override
    public String name() {
        return "ENTRY_PARENT_MISMATCH";
    }

    @Override
    public Layer layer() {
        return Layer.REGISTRAR;
    }

    @Override
    public Assessment assess(Case question) {
        List<String> parents = question.pod().getParents();
        NodeTransition node = question.node();
        String agent = node == null ? null : node.getAgentId();
        if (!question.missingAnyOf(Link.PARENT_LIVE)) {
            return agent != null && parents.contains(agent)
                    ? ruledOut("the entry's parent is the agent of the node, " + agent)
                    : silent();
        }
        Instant entry = question.pod().getClocks().getEntry();
        Instant at = entry == null ? question.now() : entry;
        String parent = parents.isEmpty() ? "" : parents.get(0);
        if (agent == null) {
            String uid = node == null ? null : node.getNodeUid();
            return likely(
                            0.75,
                            fact(
                                    at,
                                    Link.PARENT_LIVE,
                                    "the entry's parent is " + parent + ", but the UID of node "
                                            + question.pod().getNode() + " is " + uid))
                    .ofKind("NODE_UID");
        }
        return likely(
                        0.92,
                        fact(
                                at,
                                Link.PARENT_LIVE,
                                "the entry's parent is " + parent + ", but the agent of node "
                                        + question.pod().getNode() + " is " + agent))
                .ofKind(kind(parent, agent));
    }

    /** What differs: by that the remedy differs. */
    private static String kind(String parent, String agent) {
        Matcher named = PSAT.matcher(parent);
        Matcher real = PSAT.matcher(agent);
        if (!named.matches() || !real.matches()) {
            return "NAME";
        }
        if (named.group("pod") != null || real.group("pod") != null) {
            return "AGENT_POD";
        }
        return named.group("uid").equals(real.group("uid")) ? "NAME" : "NODE_UID";
    }
}
