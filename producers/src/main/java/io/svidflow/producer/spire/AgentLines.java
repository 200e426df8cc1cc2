package io.svidflow.producer.spire;

import io.svidflow.event.AgentSignal;
import io.svidflow.event.AgentSignalKind;
import io.svidflow.event.Reporter;
import io.svidflow.producer.Publication;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;

/** What an agent's log says about the agent itself: its life, its identity, its synchronisation, its health. */
final class AgentLines {

    /** What an agent that ends for want of a node attestation says of it. */
    private static final List<String> ATTESTATION =
            List.of("nodeattestor(", "attestation stream", "attestation response", "failed to attest", "join token");

    private final LogFacts facts;
    private final AgentPlace place;

    AgentLines(LogFacts facts, AgentPlace place) {
        this.facts = facts;
        this.place = place;
    }

    void describe(Phrasebook book) {
        book.startingWith("Starting agent APIs", as(AgentSignalKind.SERVING))
                .startingWith("Starting Workload and SDS APIs", as(AgentSignalKind.SERVING))
                .exactly("Starting agent", as(AgentSignalKind.STARTED))
                .startingWith("Starting agent with data directory", as(AgentSignalKind.STARTED))
                .exactly("Agent stopped gracefully", as(AgentSignalKind.STOPPED))
                .exactly("Agent crashed", this::crashed)
                .startingWith("panic: ", as(AgentSignalKind.CRASHED, TimedLine::message))
                .startingWith("fatal error: ", as(AgentSignalKind.CRASHED, TimedLine::message))
                .startingWith("unable to decode configuration", as(AgentSignalKind.CRASHED, TimedLine::message))
                .startingWith("unable to parse configuration", as(AgentSignalKind.CRASHED, TimedLine::message))
                .startingWith("unable to read configuration", as(AgentSignalKind.CRASHED, TimedLine::message))
                .startingWith("could not find config file", as(AgentSignalKind.CRASHED, TimedLine::message))
                .exactly("Node attestation was successful", as(AgentSignalKind.ATTESTED))
                .exactly("Failed to retrieve attestation result", as(AgentSignalKind.ATTEST_FAILED))
                .startingWith("Agent failed re-attestation", as(AgentSignalKind.ATTEST_FAILED))
                .startingWith("Agent needs to re-attest", as(AgentSignalKind.REATTEST_NEEDED))
                .exactly("Successfully reattested node", as(AgentSignalKind.REATTESTED))
                .startingWith("Agent is banned", as(AgentSignalKind.BANNED))
                .exactly("Could not rotate agent SVID", as(AgentSignalKind.RENEWAL_FAILED))
                .exactly("Could not reattest agent", as(AgentSignalKind.RENEWAL_FAILED))
                .exactly("Successfully rotated agent SVID", as(AgentSignalKind.RENEWED))
                // the debug API looks at the agent's own SVID whenever it is asked
                .exactly("Failed to verify agent SVID", this::unverified)
                // the cause of "Synchronize failed", which follows with the same error
                .exactly("Failed to fetch authorized entries", Meaning.NOTHING)
                .startingWith("Synchronize failed", as(AgentSignalKind.SYNC_FAILED))
                .exactly("Failed to initialize manager", as(AgentSignalKind.SYNC_FAILED))
                // takes the place of "Synchronize failed" while the agent waits to bootstrap anew
                .startingWith("Trust Bundle and Server", as(AgentSignalKind.SYNC_FAILED, TimedLine::messageAndError))
                .startingWith("Trust Bandle and Server", as(AgentSignalKind.SYNC_FAILED, TimedLine::messageAndError))
                // there is no line for a synchronisation that succeeds; a change of the cache is proof of one
                .exactly("Entry created", as(AgentSignalKind.SYNC_SUCCEEDED))
                .exactly("Entry updated", as(AgentSignalKind.SYNC_SUCCEEDED))
                .exactly("Entry removed", as(AgentSignalKind.SYNC_SUCCEEDED))
                .startingWith("Health check failed", as(AgentSignalKind.UNHEALTHY, TimedLine::errorWithDetails))
                .startingWith("Health check has failed", as(AgentSignalKind.UNHEALTHY, TimedLine::errorWithDetails))
                // the line repeats the error that is over
                .startingWith("Health check recovered", as(AgentSignalKind.HEALTHY, line -> null));
    }

    private Meaning as(AgentSignalKind kind) {
        return as(kind, TimedLine::error);
    }

    private Meaning as(AgentSignalKind kind, Function<TimedLine, String> error) {
        return line -> List.of(signal(kind, error.apply(line), line));
    }

    /** An agent that ends says why: its identity may be what it lacks. */
    private List<Publication> crashed(TimedLine line) {
        List<Publication> said = new ArrayList<>();
        said.add(signal(AgentSignalKind.CRASHED, line.error(), line));
        String words = line.errorOrMessage().toLowerCase(Locale.ROOT);
        if (words.contains("banned")) {
            said.add(signal(AgentSignalKind.BANNED, line.error(), line));
        } else if (words.contains("svid has already expired")) {
            said.add(signal(AgentSignalKind.SVID_EXPIRED, line.error(), line));
            said.add(signal(AgentSignalKind.RENEWAL_FAILED, line.error(), line));
        } else if (ATTESTATION.stream().anyMatch(words::contains)) {
            said.add(signal(AgentSignalKind.ATTEST_FAILED, line.error(), line));
        }
        return List.copyOf(said);
    }

    private List<Publication> unverified(TimedLine line) {
        boolean expired = line.errorOrMessage().contains(" is after ");
        return List.of(signal(expired ? AgentSignalKind.SVID_EXPIRED : AgentSignalKind.UNKNOWN, line.error(), line));
    }

    private Publication signal(AgentSignalKind kind, String error, TimedLine line) {
        boolean namesAgent = kind == AgentSignalKind.ATTESTED || kind == AgentSignalKind.REATTESTED;
        AgentSignal signal = AgentSignal.newBuilder()
                .setKind(kind)
                .setAgentId(namesAgent ? line.firstOf("spiffe_id") : null)
                .setReporter(Reporter.AGENT)
                .setVersion(kind == AgentSignalKind.STARTED ? line.firstOf("version") : null)
                .setRetryInMillis(GoDuration.millis(line.firstOf("retry_interval")))
                .setError(error)
                .build();
        return facts.agent(place, signal, line);
    }
}
