package io.svidflow.diagnosis;

import static io.svidflow.diagnosis.Assessment.fact;
import static io.svidflow.diagnosis.Assessment.likely;
import static io.svidflow.diagnosis.Assessment.ruledOut;
import static io.svidflow.diagnosis.Assessment.silent;

import io.svidflow.event.Link;
import io.svidflow.event.NodeTransition;
import java.util.Optional;

/**
 * The server does not accept the proof of its node that the agent brings. Of kind EXPIRED, UID_MISMATCH (a new agent pod
 * brings a new token), CONFIG (a person has to look) or API_DOWN (the server cannot ask Kubernetes: wait).
 */
final class NodeTokenRejected implements Cause {

    @Override
    public String name() {
        return "NODE_TOKEN_REJECTED";
    }

    @Override
    public Layer layer() {
        return Layer.AGENT_IDENTITY;
    }

    @Override
    public Grouping grouping() {
        return Grouping.AGENT;
    }

    @Override
    public Assessment assess(Case question) {
        NodeTransition node = question.node();
        if (node == null) {
            return silent();
        }
        Optional<AttestRefusal> refusal = AgentTrouble.refusal(node).filter(kind -> kind != AttestRefusal.TOFU);
        if (refusal.isEmpty()) {
            return excluded(node);
        }
        if (!AgentTrouble.explains(question)) {
            return ruledOut("the agent served although the server refused its node attestation");
        }
        return likely(
                        refusal.get() == AttestRefusal.OTHER ? 0.7 : 0.93,
                        fact(
                                AgentTrouble.refusedSince(node),
                                Link.AGENT_ATTESTED,
                                "the server refuses the node attestation of " + node.getNode() + ": "
                                        + AgentTrouble.refusalText(node)))
                .ofKind(
                        refusal.get() == AttestRefusal.OTHER
                                ? null
                                : refusal.get().name());
    }

    private static Assessment excluded(NodeTransition node) {
        if (node.getNodeAttestFailingSince() != null) {
            return ruledOut("its node attestation fails before the server's node attestor is asked: "
                    + node.getLastNodeAttestError());
        }
        return node.getAttestedAt() == null || node.getEvictedAt() != null
                ? silent()
                : ruledOut("the server accepted the node attestation, at the latest at " + node.getAttestedAt());
    }
}
