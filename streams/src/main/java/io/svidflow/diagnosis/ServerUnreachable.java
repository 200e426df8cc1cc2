package io.svidflow.diagnosis;

import static io.svidflow.diagnosis.Assessment.fact;
import static io.svidflow.diagnosis.Assessment.likely;
import static io.svidflow.diagnosis.Assessment.ruledOut;
import static io.svidflow.diagnosis.Assessment.silent;

import io.svidflow.event.Link;
import io.svidflow.event.NodeTransition;
import java.util.Optional;

/** The server does not answer its agents: it is down, or the network between them is. */
final class ServerUnreachable implements Cause {

    @Override
    public String name() {
        return "SERVER_UNREACHABLE";
    }

    @Override
    public Layer layer() {
        return Layer.SERVER;
    }

    @Override
    public Grouping grouping() {
        return Grouping.SERVER;
    }

    @Override
    public Assessment assess(Case question) {
        if (question.missingAnyOf(Link.WORKLOAD_ATTESTED)) {
            return ruledOut("the entry reached the agent: the fault lies behind the server");
        }
        Optional<Outage> outage = question.serverOutage();
        if (outage.filter(Outage::lasts).isPresent()) {
            return likely(0.9, fact(outage.get().start(), null, "the server does not answer: " + words(question)));
        }
        if (outage.isPresent() && question.missingAnyOf(Link.ENTRY_PRESENT, Link.AGENT_ATTESTED, Link.AGENT_READY)) {
            return likely(0.6, fact(outage.get().end(), null, "the server has only just come back"));
        }
        NodeTransition node = question.node();
        if (node != null && Unreachable.fails(node) && onlyThisNode(question)) {
            return likely(
                    0.75,
                    fact(
                            node.getLastSyncAttempt() == null
                                    ? node.getNodeAttestFailingSince()
                                    : node.getLastSyncAttempt(),
                            null,
                            "only the agent of " + node.getNode() + " cannot reach the server: "
                                    + (node.getLastSyncError() == null
                                            ? node.getLastNodeAttestError()
                                            : node.getLastSyncError())));
        }
        return question.server().datastore().lastAnswer() == null
                ? silent()
                : ruledOut("the server answered at "
                        + question.server().datastore().lastAnswer());
    }

    /** The node tried again after the server had proven healthy, and failed. */
    private static boolean onlyThisNode(Case question) {
        NodeTransition node = question.node();
        return node.getLastSyncAttempt() != null
                && question.cluster().failingNodes() == 1
                && question.cluster()
                        .healthySince(node.getSyncFailingSince())
                        .filter(healthy -> healthy.isBefore(node.getLastSyncAttempt()))
                        .isPresent();
    }

    private static String words(Case question) {
        if (question.server().containerStopped() != null) {
            return "its container does not run";
        }
        return question.cluster().failingNodes() + " agents fail, last error: "
                + question.cluster().nodes().stream()
                        .filter(Unreachable::fails)
                        .map(node -> node.getLastSyncError() == null
                                ? node.getLastNodeAttestError()
                                : node.getLastSyncError())
                        .findFirst()
                        .orElse("unknown");
    }
}
