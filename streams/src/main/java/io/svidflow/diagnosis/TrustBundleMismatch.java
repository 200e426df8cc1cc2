package io.svidflow.diagnosis;

import static io.svidflow.diagnosis.Assessment.fact;
import static io.svidflow.diagnosis.Assessment.likely;
import static io.svidflow.diagnosis.Assessment.ruledOut;
import static io.svidflow.diagnosis.Assessment.silent;

import io.svidflow.event.Link;
import io.svidflow.event.NodeTransition;
import java.util.Collection;

/**
 * The agent does not trust the certificate that the server shows: its bundle is an old one, or the server's CA is a new
 * one. What the agent says of the kubelet's certificate, and what the server says of the agent's, is something else.
 */
final class TrustBundleMismatch implements Cause {

    @Override
    public String name() {
        return "TRUST_BUNDLE_MISMATCH";
    }

    @Override
    public Layer layer() {
        return Layer.SERVER;
    }

    @Override
    public Grouping grouping() {
        return Grouping.CLUSTER;
    }

    @Override
    public Assessment assess(Case question) {
        NodeTransition node = question.node();
        if (node == null) {
            return silent();
        }
        if (!distrusts(node)) {
            return node.getLastSyncSuccess() == null || node.getSyncFailingSince() != null
                    ? silent()
                    : ruledOut("the agent trusts the server: it synchronised at " + node.getLastSyncSuccess());
        }
        if (question.missingAnyOf(Link.ENTRY_PRESENT, Link.WORKLOAD_ATTESTED, Link.PARENT_LIVE)) {
            return silent();
        }
        Collection<NodeTransition> nodes = question.cluster().nodes();
        long agents = nodes.stream()
                .filter(other -> other.getAgentId() != null || distrusts(other))
                .count();
        long distrusting = nodes.stream().filter(TrustBundleMismatch::distrusts).count();
        boolean everybody = distrusting > 1 && distrusting * 2 >= agents;
        return likely(
                        0.93,
                        fact(
                                AgentErrors.since(node),
                                question.missing(),
                                distrusting + " of " + agents + " agents do not trust the server's certificate: "
                                        + AgentErrors.latest(node)))
                .ofKind(everybody ? "ALL" : "NODE");
    }

    private static boolean distrusts(NodeTransition node) {
        return ErrorText.unknownAuthority(AgentErrors.latest(node));
    }
}
