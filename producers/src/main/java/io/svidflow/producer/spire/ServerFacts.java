package io.svidflow.producer.spire;

import io.svidflow.event.AgentSignal;
import io.svidflow.event.AgentSignalKind;
import io.svidflow.event.Reporter;
import io.svidflow.event.ServerSignal;
import io.svidflow.event.ServerSignalKind;
import io.svidflow.event.SvidSignal;
import io.svidflow.event.SvidSignalKind;
import io.svidflow.producer.Publication;
import java.time.Instant;
import java.time.temporal.ChronoUnit;

/** Facts in the log of a SPIRE server, about the server itself and about the agents that call it. */
final class ServerFacts {

    private final LogFacts facts;
    private final String pod;
    private final AgentDirectory agents;

    /**
     * @param pod server pod that writes the log
     */
    ServerFacts(LogFacts facts, String pod, AgentDirectory agents) {
        this.facts = facts;
        this.pod = pod;
        this.agents = agents;
    }

    /** About the server; {@code subject} and {@code error} are nullable. */
    Publication server(ServerSignalKind kind, String subject, String error, TimedLine line) {
        ServerSignal signal = ServerSignal.newBuilder()
                .setKind(kind)
                .setPod(pod)
                .setSubject(subject)
                .setCaller(line.firstOf("caller_path", "caller_id"))
                .setMethod(line.firstOf("method"))
                .setError(error)
                .build();
        return facts.server(signal, line);
    }

    /** About an agent, published on its node; {@code agentId} is null if the line names none. */
    Publication agent(AgentSignalKind kind, String agentId, String error, TimedLine line) {
        AgentSignal signal = AgentSignal.newBuilder()
                .setKind(kind)
                .setAgentId(agentId)
                .setReporter(Reporter.SERVER)
                .setError(error)
                .build();
        return facts.agent(AgentPlace.ofAgent(facts.cluster(), agentId, agents), signal, line);
    }

    /** The server did not sign what the agent that called had asked for, published on that agent's node. */
    Publication refusedToSign(String error, TimedLine line) {
        SvidSignal signal = SvidSignal.newBuilder()
                .setKind(SvidSignalKind.SIGN_FAILED)
                .setEntryId(line.firstOf("entry_id"))
                .setSpiffeId(line.firstOf("spiffe_id"))
                .setMethod(line.firstOf("method"))
                .setError(error)
                .build();
        return facts.svid(AgentPlace.ofAgent(facts.cluster(), line.firstOf("caller_id"), agents), signal, line);
    }

    /** An SVID was signed for the agent that called, published on that agent's node. */
    Publication issued(String expiryField, TimedLine line) {
        Instant expiresAt = line.instant(expiryField);
        SvidSignal signal = SvidSignal.newBuilder()
                .setKind(SvidSignalKind.ISSUED)
                .setEntryId(line.firstOf("entry_id"))
                .setSpiffeId(line.firstOf("spiffe_id"))
                .setMethod(line.firstOf("method"))
                .setExpiresAt(expiresAt == null ? null : expiresAt.truncatedTo(ChronoUnit.MICROS))
                .build();
        return facts.svid(AgentPlace.ofAgent(facts.cluster(), line.firstOf("caller_id"), agents), signal, line);
    }
}
