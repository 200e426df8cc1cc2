package io.svidflow.diagnosis;

import static io.svidflow.diagnosis.Assessment.fact;
import static io.svidflow.diagnosis.Assessment.likely;
import static io.svidflow.diagnosis.Assessment.ruledOut;
import static io.svidflow.diagnosis.Assessment.silent;

import io.svidflow.event.Link;
import io.svidflow.event.NodeTransition;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * The server answers, knows the entries and cannot sign: its CA has expired, is not there, or its key or upstream fails.
 * When a CA expires, the server's own certificate expires with it, and agents then cannot even call.
 */
final class ServerCaFault implements Cause {

    @Override
    public String name() {
        return "SERVER_CA_FAULT";
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
        if (question.missingAnyOf(Link.ENTRY_PRESENT, Link.WORKLOAD_ATTESTED, Link.PARENT_LIVE)) {
            return ruledOut("signing is not the missing link");
        }
        if (question.datastoreOutage().filter(Outage::lasts).isPresent()) {
            return ruledOut("the datastore does not work, and the CA cannot without it");
        }
        Complaints signing = question.server().trouble(Trouble.SIGNING);
        Optional<Outage> run = signing.outage(question.now()).filter(question::matters);
        if (run.filter(Outage::lasts).isPresent()) {
            return likely(
                            0.92,
                            fact(
                                    run.get().start(),
                                    Link.SVID_ISSUED,
                                    "the server cannot sign (" + signing.count() + " refusals): " + signing.text()))
                    .ofKind(kind(signing.text()));
        }
        Assessment byAgents = byAgents(question);
        if (byAgents instanceof Assessment.Silent && run.isPresent()) {
            return likely(0.6, fact(run.get().end(), Link.SVID_ISSUED, "the server has only just begun to sign again"));
        }
        return byAgents;
    }

    /** Without the server's log its refusals are known from the agents that it refuses. */
    private static Assessment byAgents(Case question) {
        List<NodeTransition> unsigned = question.cluster().nodes().stream()
                .filter(node -> ErrorText.caCannotSign(node.getSignError()))
                .toList();
        NodeTransition node = question.node();
        if (node != null && ErrorText.caCannotSign(node.getSignError())) {
            return likely(
                            unsigned.size() > 1 ? 0.88 : 0.75,
                            fact(
                                    node.getSignFailingSince(),
                                    Link.SVID_ISSUED,
                                    "the server refuses to sign for " + unsigned.size() + " agents: "
                                            + node.getSignError()))
                    .ofKind(kind(node.getSignError()));
        }
        return expired(question, node);
    }

    /** One agent alone that finds the server's certificate expired has a wrong clock. */
    private static Assessment expired(Case question, NodeTransition node) {
        long agents = question.cluster().nodes().stream()
                .filter(other -> ErrorText.serverExpired(AgentErrors.latest(other)))
                .count();
        if (node == null || !ErrorText.serverExpired(AgentErrors.latest(node)) || agents < 2) {
            return silent();
        }
        Complaints rotation = question.server().trouble(Trouble.ROTATION);
        boolean known = rotation.outage(question.now()).isPresent();
        Instant since = known ? rotation.first() : AgentErrors.since(node);
        return likely(
                        known ? 0.92 : 0.75,
                        fact(
                                since == null ? question.now() : since,
                                Link.SYNCHRONISED,
                                agents + " agents find that the server's certificate has expired"
                                        + (known ? ", and the server could not renew it: " + rotation.text() : "")))
                .ofKind("EXPIRED");
    }

    private static String kind(String error) {
        String text = error.toLowerCase(java.util.Locale.ROOT);
        if (text.contains("expired as of")) {
            return "EXPIRED";
        }
        return text.contains("not available") ? "NOT_AVAILABLE" : "SIGNING";
    }
}
