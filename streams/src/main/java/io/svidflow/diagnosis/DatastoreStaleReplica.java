package io.svidflow.diagnosis;

import static io.svidflow.diagnosis.Assessment.fact;
import static io.svidflow.diagnosis.Assessment.likely;
import static io.svidflow.diagnosis.Assessment.ruledOut;
import static io.svidflow.diagnosis.Assessment.silent;

import io.svidflow.event.Link;
import io.svidflow.event.NodeTransition;
import java.time.Instant;

/**
 * An entry that exists throughout comes and goes at its agent, which synchronises without errors: its calls are answered
 * now from a replica of the datastore that has the entry, now from one that has not.
 */
final class DatastoreStaleReplica implements Cause {

    /** Once may be an entry that somebody edited. */
    private static final int ENOUGH = 2;

    @Override
    public String name() {
        return "DATASTORE_STALE_REPLICA";
    }

    @Override
    public Layer layer() {
        return Layer.DATASTORE;
    }

    @Override
    public Grouping grouping() {
        return Grouping.CLUSTER;
    }

    @Override
    public Assessment assess(Case question) {
        int flaps = question.pod().getEntryFlaps();
        Instant signed = question.pod().getSignedAt();
        NodeTransition node = question.node();
        if (flaps < ENOUGH || node == null) {
            return signed == null ? silent() : ruledOut("the agent has not lost the entry and got it back");
        }
        if (node.getSyncFailingSince() != null) {
            return ruledOut("the agent fails to synchronise: " + node.getLastSyncError());
        }
        if (question.pod().getEntryRecreations() > 0) {
            return ruledOut("the entry itself was deleted and created again");
        }
        return likely(
                0.85,
                fact(
                        signed == null ? question.now() : signed,
                        Link.SYNCHRONISED,
                        "the agent lost the entry and got it back " + flaps
                                + " times, while the entry existed and the agent synchronised"));
    }
}
