package io.svidflow.producer.spire;

import io.svidflow.event.AgentSignalKind;
import io.svidflow.event.ServerSignalKind;
import io.svidflow.producer.Publication;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** What the server's audit log says: which calls were answered, and for whom. */
final class AuditLines {

    private final ServerFacts facts;
    private final Map<String, Meaning> answered = new HashMap<>();

    AuditLines(ServerFacts facts) {
        this.facts = facts;
        answered.put("SyncAuthorizedEntries", this::synchronised);
        answered.put("GetAuthorizedEntries", this::synchronised);
        answered.put("BatchNewX509SVID", line -> List.of(facts.issued("expires_at", line)));
        answered.put("AttestAgent", this::attested);
        answered.put("RenewAgent", this::renewed);
        answered.put("DeleteAgent", line -> decided(AgentSignalKind.EVICTED, line));
        answered.put("BanAgent", line -> decided(AgentSignalKind.BANNED, line));
        answered.put("BatchCreateEntry", this::entryWritten);
        answered.put("BatchUpdateEntry", this::entryWritten);
        answered.put("BatchDeleteEntry", this::entryWritten);
        List.of(
                        "ListEntries",
                        "CountEntries",
                        "GetEntry",
                        "ListAgents",
                        "CountAgents",
                        "GetAgent",
                        "ListFederationRelationships",
                        "ListFederatedBundles")
                .forEach(method -> answered.put(method, this::datastoreAnswered));
        // GetBundle needs the datastore too, but comes with every synchronisation and would drown the rest
    }

    void describe(Phrasebook book) {
        book.exactly("API accessed", this::accessed);
    }

    private List<Publication> accessed(TimedLine line) {
        String method = line.field("method").orElse("");
        return switch (line.field("status").orElse("")) {
            case "success" -> answered.getOrDefault(method, Meaning.NOTHING).of(line);
            case "error" ->
                switch (method) {
                    case "AttestAgent" -> attestationFailed(line);
                    case "BatchNewX509SVID" ->
                        line.field("caller_id").isPresent()
                                ? List.of(facts.refusedToSign(line.error(), line))
                                : List.of();
                    default -> List.of();
                };
            default -> List.of();
        };
    }

    private List<Publication> synchronised(TimedLine line) {
        return List.of(facts.agent(AgentSignalKind.SYNC_SUCCEEDED, line.firstOf("caller_id"), null, line));
    }

    private List<Publication> attested(TimedLine line) {
        return List.of(facts.agent(AgentSignalKind.ATTESTED, line.firstOf("agent_id"), null, line));
    }

    private List<Publication> renewed(TimedLine line) {
        return List.of(facts.agent(AgentSignalKind.RENEWED, line.firstOf("caller_id"), null, line));
    }

    /** Somebody took the agent's identity away. */
    private List<Publication> decided(AgentSignalKind kind, TimedLine line) {
        return List.of(facts.agent(kind, line.firstOf("spiffe_id"), null, line));
    }

    private List<Publication> attestationFailed(TimedLine line) {
        return List.of(facts.agent(AgentSignalKind.ATTEST_FAILED, line.firstOf("agent_id"), line.error(), line));
    }

    private List<Publication> entryWritten(TimedLine line) {
        return RegistrarProbe.isOne(line.firstOf("spiffe_id"))
                ? List.of()
                : List.of(facts.server(
                        ServerSignalKind.ENTRY_WRITTEN, line.firstOf("entry_id", "spiffe_id"), null, line));
    }

    /** Agents ask for entries as well; what they ask for comes from the server's cache. */
    private List<Publication> datastoreAnswered(TimedLine line) {
        String callerIs = line.field("authorized_as").orElse("");
        return callerIs.equals("local") || callerIs.equals("admin")
                ? List.of(facts.server(ServerSignalKind.DATASTORE_ANSWERED, null, null, line))
                : List.of();
    }
}
