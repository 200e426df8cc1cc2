package io.svidflow.producer.spire;

import io.svidflow.event.AgentSignalKind;
import io.svidflow.event.ServerSignalKind;
import io.svidflow.producer.Publication;
import java.util.List;

/** What the server's log says about the agents that call it: who was let in, who was turned away and why. */
final class CallerLines {

    private final ServerFacts facts;

    CallerLines(ServerFacts facts) {
        this.facts = facts;
    }

    void describe(Phrasebook book) {
        book.exactly("Unable to look up agent information", this::lookupFailed)
                .exactly("Agent is banned", as(AgentSignalKind.BANNED))
                .exactly("Failed to attest: agent is banned", as(AgentSignalKind.BANNED))
                .exactly("Agent is not attested", as(AgentSignalKind.NOT_ATTESTED))
                .exactly("Agent SVID is not active", as(AgentSignalKind.NOT_ATTESTED))
                .exactly("Agent SVID is expired", as(AgentSignalKind.SVID_EXPIRED))
                .exactly("Agent attestation request completed", as(AgentSignalKind.ATTESTED))
                .startingWith("Nodeattestor(", as(AgentSignalKind.ATTEST_FAILED))
                .startingWith("Failed to attest: ", as(AgentSignalKind.ATTEST_FAILED))
                .startingWith("Invalid argument: failed to attest: ", as(AgentSignalKind.ATTEST_FAILED))
                .startingWith("Attestation data has already been used", as(AgentSignalKind.ATTEST_FAILED))
                .exactly("Rejecting request due to attest agent rate limiting", this::attestationLimited)
                .startingWith("Rejecting request due to ", this::limited)
                .startingWith("Failed to sign ", unsigned(ServerSignalKind.SIGNING_FAILED))
                .exactly("Entry not found or not authorized", unsigned(ServerSignalKind.ENTRY_UNAUTHORIZED))
                .exactly("Agent deleted", gone(AgentSignalKind.EVICTED, ServerSignalKind.AGENT_EVICTED))
                .exactly("Agent banned", gone(AgentSignalKind.BANNED, ServerSignalKind.AGENT_BANNED))
                .exactly("Signed X509 SVID", this::signed);
    }

    /** The line's own message says what is wrong with the agent; its error, where it has one, says more. */
    private Meaning as(AgentSignalKind kind) {
        return line -> {
            String error = kind == AgentSignalKind.ATTESTED ? null : line.messageAndError();
            return List.of(facts.agent(kind, line.firstOf("agent_id", "caller_id", "spiffe_id"), error, line));
        };
    }

    private List<Publication> lookupFailed(TimedLine line) {
        return List.of(
                facts.agent(AgentSignalKind.LOOKUP_FAILED, line.firstOf("caller_id"), line.error(), line),
                facts.server(ServerSignalKind.DATASTORE_ERROR, null, line.errorOrMessage(), line));
    }

    private List<Publication> attestationLimited(TimedLine line) {
        return List.of(
                facts.agent(AgentSignalKind.ATTEST_FAILED, line.firstOf("agent_id"), line.messageAndError(), line),
                tooMany(line));
    }

    /** The limit is one of the caller's address, which many agents may share. */
    private List<Publication> limited(TimedLine line) {
        return line.message().contains("signing") && line.field("caller_id").isPresent()
                ? List.of(tooMany(line), facts.refusedToSign(line.messageAndError(), line))
                : List.of(tooMany(line));
    }

    private Publication tooMany(TimedLine line) {
        return facts.server(ServerSignalKind.RATE_LIMITED, line.firstOf("caller_addr"), line.messageAndError(), line);
    }

    /** Asked by an agent for an SVID, the server did not sign; asked by anybody else it is nobody's on a node. */
    private Meaning unsigned(ServerSignalKind kind) {
        return line -> {
            Publication server = facts.server(kind, line.firstOf("entry_id"), line.messageAndError(), line);
            return line.field("caller_id").isPresent()
                    ? List.of(server, facts.refusedToSign(line.messageAndError(), line))
                    : List.of(server);
        };
    }

    /** An operator took the agent's identity away. */
    private Meaning gone(AgentSignalKind forAgent, ServerSignalKind forServer) {
        return line -> {
            String agentId = line.firstOf("spiffe_id");
            return List.of(facts.agent(forAgent, agentId, null, line), facts.server(forServer, agentId, null, line));
        };
    }

    /** Written for agents that call, and, without caller, for the server's own SVID. */
    private List<Publication> signed(TimedLine line) {
        return line.field("caller_id").isPresent() ? List.of(facts.issued("expiration", line)) : List.of();
    }
}
