package io.svidflow.diagnosis;

import static io.svidflow.diagnosis.Assessment.fact;
import static io.svidflow.diagnosis.Assessment.likely;
import static io.svidflow.diagnosis.Assessment.ruledOut;

import io.svidflow.event.Link;
import io.svidflow.event.NodeTransition;
import io.svidflow.event.Prediction;
import java.time.Instant;
import java.util.Optional;

/**
 * The fault is over, the entry exists, but the agent still waits out the back-off that the fault left it with. No version
 * of SPIRE can be told to try sooner; the next attempt can be predicted.
 */
final class AgentSyncBackoff implements Cause {

    @Override
    public String name() {
        return "AGENT_SYNC_BACKOFF";
    }

    @Override
    public Layer layer() {
        return Layer.AGENT_SYNC;
    }

    @Override
    public Grouping grouping() {
        return Grouping.OUTAGE_BEHIND;
    }

    @Override
    public Assessment assess(Case question) {
        NodeTransition node = question.node();
        if (question.pod().getClocks().getEntry() == null) {
            return ruledOut("the pod has no entry that an agent could synchronise");
        }
        if (!question.missingAnyOf(Link.SYNCHRONISED, Link.RENEWED) || node == null) {
            return ruledOut("synchronisation is not the missing link");
        }
        Optional<Prediction> next = question.backoff().next(node);
        if (next.isEmpty()) {
            return ruledOut("no failed attempt of the agent is known");
        }
        String error = AgentErrors.latest(node);
        if (ErrorText.persists(error)) {
            return ruledOut("another attempt will fail alike: " + error);
        }
        boolean replicaFails = Replicas.atFault(question.cluster())
                .filter(bad -> Replicas.serves(bad, node))
                .isPresent();
        boolean faultLasts = replicaFails
                || question.datastoreOutage().filter(Outage::lasts).isPresent()
                || question.serverOutage().filter(Outage::lasts).isPresent()
                || question.someCallsFail().filter(Outage::lasts).isPresent();
        if (faultLasts) {
            return ruledOut("the fault that the agent backs off from lasts");
        }
        Instant entry = question.pod().getClocks().getEntry();
        Optional<Instant> healthy = healthy(question, node, entry);
        Instant due = next.get().getNotAfter();
        if (question.now().isAfter(next.get().getHealedBy())) {
            return ruledOut("its next attempt was due by " + due + " at the latest");
        }
        // an attempt that is under way may have begun while the fault lasted
        boolean waits = !question.now().isAfter(due);
        return likely(
                healthy.isEmpty() ? Diagnosis.DOUBTFUL : question.cutOff() ? 0.6 : waits ? 0.95 : 0.5,
                fact(
                        node.getLastSyncAttempt(),
                        Link.SYNCHRONISED,
                        "the agent failed " + node.getSyncAttempts() + " times, last at " + node.getLastSyncAttempt()
                                + "; "
                                + healthy.map(at -> "the server has worked since, e.g. at " + at)
                                        .orElse("nothing shows the server at work since")
                                + "; it tries again between " + next.get().getNotBefore() + " and " + due));
    }

    /** Since when the agent would be served. Where replicas differ, only its own one can show that. */
    private static Optional<Instant> healthy(Case question, NodeTransition node, Instant entry) {
        Instant attempt = node.getLastSyncAttempt();
        boolean shared = question.server()
                .datastoreOutage(question.now())
                .filter(outage -> outage.explains(node.getSyncFailingSince()))
                .isPresent();
        return Replicas.differ(question.cluster()) && !shared
                ? Replicas.servesOthers(node, question.cluster(), attempt)
                : question.cluster().healthySince(attempt).or(() -> Optional.ofNullable(entry)
                        .filter(created -> created.isAfter(attempt)));
    }
}
