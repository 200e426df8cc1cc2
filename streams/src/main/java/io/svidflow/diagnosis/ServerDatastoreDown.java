package io.svidflow.diagnosis;

import static io.svidflow.diagnosis.Assessment.fact;
import static io.svidflow.diagnosis.Assessment.likely;
import static io.svidflow.diagnosis.Assessment.ruledOut;
import static io.svidflow.diagnosis.Assessment.silent;

import io.svidflow.event.Link;
import java.util.Optional;

/**
 * The server cannot use its datastore. Seen from the agents only the first failure says so; the later ones speak of bad
 * certificates and broken pipes, because the server cannot complete a TLS handshake without its datastore.
 */
final class ServerDatastoreDown implements Cause {

    @Override
    public String name() {
        return "SERVER_DATASTORE_DOWN";
    }

    @Override
    public Layer layer() {
        return Layer.DATASTORE;
    }

    @Override
    public Grouping grouping() {
        return Grouping.DATASTORE;
    }

    @Override
    public Assessment assess(Case question) {
        DatastoreHealth datastore = question.server().datastore();
        Optional<Outage> outage = question.datastoreOutage();
        if (outage.isEmpty()) {
            return excluded(datastore);
        }
        if (question.missingAnyOf(Link.WORKLOAD_ATTESTED)) {
            return ruledOut("the entry reached the agent: the fault lies behind the datastore");
        }
        if (outage.get().lasts()) {
            return likely(
                    0.95,
                    fact(
                            outage.get().start(),
                            null,
                            "the server cannot use its datastore (" + datastore.errors() + " errors): "
                                    + datastore.firstText()));
        }
        return justOver(question, outage.get());
    }

    /** An entry that could not be written during the outage is owed to it, until the registrar has had time to catch up. */
    private static Assessment justOver(Case question, Outage outage) {
        boolean entryIsMissing = question.missingAnyOf(Link.ENTRY_PRESENT);
        return entryIsMissing || question.missingAnyOf(Link.AGENT_ATTESTED, Link.AGENT_READY)
                ? likely(entryIsMissing ? 0.88 : 0.7, fact(outage.end(), null, "the datastore has only just come back"))
                : ruledOut("the datastore has answered since " + outage.end());
    }

    private static Assessment excluded(DatastoreHealth datastore) {
        if (datastore.lastAnswer() != null) {
            return ruledOut(
                    "the datastore answered at " + datastore.lastAnswer() + " (" + datastore.answeredBy() + ")");
        }
        return datastore.firstError() == null ? ruledOut("no datastore error was seen") : silent();
    }
}
