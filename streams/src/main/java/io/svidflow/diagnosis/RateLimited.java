package io.svidflow.diagnosis;

import static io.svidflow.diagnosis.Assessment.fact;
import static io.svidflow.diagnosis.Assessment.likely;
import static io.svidflow.diagnosis.Assessment.ruledOut;
import static io.svidflow.diagnosis.Assessment.silent;

import io.svidflow.event.Link;
import io.svidflow.event.NodeTransition;
import java.time.Instant;
import java.util.Optional;

/** The server refuses calls because too many come from one address: agents behind one NAT that all attest at once, say. */
final class RateLimited implements Cause {

    @Override
    public String name() {
        return "RATE_LIMITED";
    }

    @Override
    public Layer layer() {
        return Layer.AGENT_SYNC;
    }

    @Override
    public Grouping grouping() {
        return Grouping.CLUSTER;
    }

    @Override
    public Assessment assess(Case question) {
        if (question.missingAnyOf(Link.ENTRY_PRESENT, Link.WORKLOAD_ATTESTED, Link.PARENT_LIVE)) {
            return silent();
        }
        boolean faultBelow = question.datastoreOutage().filter(Outage::lasts).isPresent()
                || question.serverOutage().filter(Outage::lasts).isPresent();
        if (faultBelow) {
            return ruledOut("a fault of datastore or server comes first: calls pile up behind it");
        }
        Complaints limits = question.server().trouble(Trouble.RATE_LIMIT);
        Optional<Outage> run = limits.outage(question.now()).filter(question::matters);
        NodeTransition node = question.node();
        String error = node == null ? null : error(node);
        if (error != null) {
            return likely(0.9, fact(since(node), question.missing(), "the server limits the agent: " + error));
        }
        boolean attesting = question.missingAnyOf(Link.AGENT_ATTESTED, Link.AGENT_READY);
        if (run.isPresent() && attesting) {
            return likely(
                    0.8,
                    fact(
                            run.get().start(),
                            question.missing(),
                            "the server refused " + limits.count() + " calls"
                                    + (limits.subject() == null ? "" : ", the last from " + limits.subject()) + ": "
                                    + limits.text()));
        }
        return run.isEmpty() && question.server().datastore().lastAnswer() != null
                ? ruledOut("the server refused no call on account of its rate")
                : silent();
    }

    private static Instant since(NodeTransition node) {
        return ErrorText.rateLimited(AgentErrors.latest(node)) ? AgentErrors.since(node) : node.getSignFailingSince();
    }

    private static String error(NodeTransition node) {
        String error = AgentErrors.latest(node);
        if (ErrorText.rateLimited(error)) {
            return error;
        }
        return ErrorText.rateLimited(node.getSignError()) ? node.getSignError() : null;
    }
}
