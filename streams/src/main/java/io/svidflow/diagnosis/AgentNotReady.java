package io.svidflow.diagnosis;

import static io.svidflow.diagnosis.Assessment.fact;
import static io.svidflow.diagnosis.Assessment.likely;
import static io.svidflow.diagnosis.Assessment.ruledOut;
import static io.svidflow.diagnosis.Assessment.silent;

import io.svidflow.event.Link;
import io.svidflow.event.NodeTransition;
import java.util.List;

/** No SPIRE agent works on the pod's node: not there, not running, or never up to serving. */
final class AgentNotReady implements Cause {

    @Override
    public String name() {
        return "AGENT_NOT_READY";
    }

    @Override
    public Layer layer() {
        return Layer.AGENT_IDENTITY;
    }

    @Override
    public Assessment assess(Case question) {
        NodeTransition node = question.node();
        if (node == null) {
            return silent();
        }
        boolean ready = Boolean.TRUE.equals(node.getAgentReady());
        if (ready) {
            return ruledOut("agent pod " + node.getAgentPod() + " is Ready");
        }
        if (question.missingAnyOf(Link.AGENT_ATTESTED)) {
            return likely(
                    0.5,
                    fact(
                            node.getNodeAttestFailingSince() == null
                                    ? question.now()
                                    : node.getNodeAttestFailingSince(),
                            Link.AGENT_ATTESTED,
                            "the agent cannot attest: " + node.getLastNodeAttestError()));
        }
        if (!question.missingAnyOf(Link.AGENT_READY, Link.RENEWED)) {
            return ruledOut("the agent was heard of while its pod was not Ready");
        }
        boolean saysWhy = !question.notCollected().containsAll(List.of("agent-log", "server-log"));
        return node.getAgentPod() == null || saysWhy
                ? likely(0.85, fact(since(question), Link.AGENT_READY, words(node)))
                : likely(
                        Diagnosis.DOUBTFUL,
                        fact(
                                since(question),
                                Link.AGENT_READY,
                                words(node) + "; the logs that would say why are not collected"));
    }

    private static java.time.Instant since(Case question) {
        java.time.Instant since = question.node().getAgentNotReadySince();
        return since == null ? question.now() : since;
    }

    private static String words(NodeTransition node) {
        if (node.getAgentPod() == null) {
            return "no agent pod on " + node.getNode();
        }
        String reason = node.getAgentReason() == null ? "not Ready" : node.getAgentReason();
        return "agent pod " + node.getAgentPod() + " does not serve: " + reason;
    }
}
