package io.svidflow.diagnosis;

import static io.svidflow.diagnosis.Assessment.fact;
import static io.svidflow.diagnosis.Assessment.likely;
import static io.svidflow.diagnosis.Assessment.ruledOut;
import static io.svidflow.diagnosis.Assessment.silent;

import io.svidflow.event.Link;
import java.util.Optional;

/** The datastore works, but its transactions get into each other's way: deadlocks, lock waits, often in a storm of calls. */
final class ServerDatastoreContention implements Cause {

    @Override
    public String name() {
        return "SERVER_DATASTORE_CONTENTION";
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
        Complaints conflicts = question.server().trouble(Trouble.CONTENTION);
        Optional<Outage> run = conflicts.outage(question.now()).filter(question::matters);
        if (run.isEmpty()) {
            return question.server().datastore().lastAnswer() == null
                    ? silent()
                    : ruledOut("no conflict between transactions of the datastore was seen lately");
        }
        if (question.missingAnyOf(Link.WORKLOAD_ATTESTED)) {
            return ruledOut("the entry reached the agent: the fault lies behind the datastore");
        }
        if (question.datastoreOutage().filter(Outage::lasts).isPresent()) {
            return ruledOut("the datastore does not work at all");
        }
        return likely(
                run.get().lasts() ? 0.85 : 0.6,
                fact(
                        run.get().start(),
                        null,
                        "transactions of the datastore get into each other's way (" + conflicts.count() + " times): "
                                + conflicts.text()));
    }
}
