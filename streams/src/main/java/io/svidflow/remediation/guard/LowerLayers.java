package io.svidflow.remediation.guard;

import io.svidflow.diagnosis.Outage;
import io.svidflow.event.Finding;
import io.svidflow.event.GuardDecision;
import io.svidflow.event.NodeTransition;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** The order of remedies is the order of dependency: nothing is changed above a layer that is not well. An agent that is restarted while the server cannot serve it loses what it still had. */
final class LowerLayers implements Guard {

    private static final Says SAYS = new Says("S3 lower-layers");
    /** Faults that have no start and end of their own in the health of server and datastore. */
    private static final Set<String> BELOW = Set.of(
            "SERVER_CA_FAULT",
            "TRUST_BUNDLE_MISMATCH",
            "SERVER_DATASTORE_CONTENTION",
            "DATASTORE_STALE_REPLICA",
            "SERVER_CACHE_LAG",
            "SUSPEND_OR_CLOCK_JUMP");

    @Override
    public String name() {
        return SAYS.guard();
    }

    @Override
    public GuardDecision ask(Question question) {
        Optional<Outage> outage = question.proofs().outage(question.now());
        if (outage.isPresent()) {
            return SAYS.no(
                    "server or datastore have been down since " + outage.get().start(),
                    Map.of("since", outage.get().start().toString()),
                    null);
        }
        if (question.view().server().complains(question.now())) {
            return SAYS.no("the server complains that it cannot sign, or that its datastore refuses some of its calls");
        }
        for (Finding finding : question.casebook().findings()) {
            if (BELOW.contains(finding.getCause())) {
                return SAYS.no(
                        finding.getCause() + " of pod " + finding.getNamespace() + "/" + finding.getPod()
                                + " is a fault of a lower layer",
                        Map.of("finding", finding.getId()),
                        null);
            }
        }
        return question.restartsWorkload()
                ? agent(question.node(), question.now())
                : SAYS.yes("server and datastore are well");
    }

    private static GuardDecision agent(NodeTransition node, Instant now) {
        boolean well = node != null
                && Boolean.TRUE.equals(node.getAgentReady())
                && node.getSyncFailingSince() == null
                && node.getNodeAttestFailingSince() == null
                && node.getAttestFailingSince() == null
                && node.getEvictedAt() == null
                && node.getAgentSvidExpiredSince() == null
                && (node.getAgentSvidExpiresAt() == null
                        || node.getAgentSvidExpiresAt().isAfter(now));
        return well
                ? SAYS.yes("server, datastore and the agent of the node are well")
                : SAYS.no("the agent of the node is not well");
    }
}
