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
        if (outage.isEmpty() || !outage.get().lasts()) {
            Optional<Outage> writes = question.writesRefused();
            if (writes.isPresent()
                    && question.missingAnyOf(Link.ENTRY_PRESENT, Link.AGENT_ATTESTED, Link.AGENT_READY)) {
                return writesRefused(question, writes.get());
            }
        }
        if (outage.isEmpty()) {
            Optional<Outage> some = question.someCallsFail();
            return some.isPresent() ? someCalls(question, some.get()) : excluded(question, datastore);
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
                                            + datastore.firstText()))
                    .ofKind(datastore.kind());
        }
        return justOver(question, outage.get());
    }

    /** An entry that could not be written during the outage is owed to it, until the registrar has had time to catch up. */
    private static Assessment justOver(Case question, Outage outage) {
        boolean entryIsMissing = question.missingAnyOf(Link.ENTRY_PRESENT);
        return entryIsMissing || question.missingAnyOf(Link.AGENT_ATTESTED, Link.AGENT_READY)
                ? likely(entryIsMissing ? 0.88 : 0.7, fact(outage.end(), null, "the datastore has only just come back"))
                        .ofKind(question.server().datastore().kind())
                : ruledOut("the datastore has answered since " + outage.end());
    }

    /** It lists entries and answers agents, but nobody can be registered and no agent can attest. */
    private static Assessment writesRefused(Case question, Outage writes) {
        return likely(
                        writes.lasts() ? 0.93 : 0.86,
                        fact(
                                writes.start(),
                                question.missing(),
                                "the datastore answers reads and refuses writes: "
                                        + question.server()
                                                .trouble(Trouble.WRITES)
                                                .text()))
                .ofKind(DatastoreFault.FAILOVER.name());
    }

    /** Entries cannot be listed and so not be written, or agents cannot be looked up and so not synchronise. */
    private static Assessment someCalls(Case question, Outage run) {
        if (question.missingAnyOf(Link.WORKLOAD_ATTESTED) || (run.lasts() && question.missingAnyOf(Link.SVID_ISSUED))) {
            return ruledOut("the entry reached the agent: the fault lies behind the datastore");
        }
        Complaints failing = question.server().trouble(Trouble.SOME_CALLS);
        return likely(
                        run.lasts() ? 0.92 : question.missingAnyOf(Link.ENTRY_PRESENT) ? 0.86 : 0.5,
                        fact(
                                run.start(),
                                question.missing(),
                                "the datastore answers some calls and fails others again and again"
                                        + (failing.subject() == null ? "" : " (" + failing.subject() + ")") + ": "
                                        + failing.text()))
                .ofKind(DatastoreFault.better(null, failing.text()));
    }

    private static Assessment excluded(Case question, DatastoreHealth datastore) {
        if (datastore.lastAnswer() != null) {
            return ruledOut(
                    "the datastore answered at " + datastore.lastAnswer() + " (" + datastore.answeredBy() + ")");
        }
        long refused = question.cluster().nodes().stream()
                .filter(node -> ErrorText.handshakeRefused(AgentErrors.latest(node)))
                .count();
        if (refused > 1 && refused * 2 >= question.cluster().failingNodes()) {
            return likely(
                    0.5,
                    fact(
                            question.now(),
                            null,
                            "the server breaks off the handshakes of " + refused
                                    + " agents, as one does that cannot use its datastore; its own log would tell"));
        }
        return datastore.firstError() == null ? ruledOut("no datastore error was seen") : silent();
    }
}
