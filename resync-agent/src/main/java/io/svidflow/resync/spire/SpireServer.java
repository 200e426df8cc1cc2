package io.svidflow.resync.spire;

import io.svidflow.event.RemediationCommand;
import io.svidflow.producer.spire.api.Agent;
import io.svidflow.producer.spire.api.Entry;
import io.svidflow.producer.spire.poll.ServerLookup;
import io.svidflow.producer.spire.poll.SpireEndpoint;
import io.svidflow.resync.scene.Identities;
import io.svidflow.resync.scene.Plane;
import io.svidflow.resync.scene.SeenAgent;
import io.svidflow.resync.scene.SeenEntry;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** A SPIRE server through its API. */
public final class SpireServer implements Identities, AutoCloseable {

    private final ServerLookup server;

    /** @param timeout how long an answer may take */
    public SpireServer(SpireEndpoint endpoint, Duration timeout) {
        this.server = new ServerLookup(endpoint, timeout);
    }

    @Override
    public Plane look(RemediationCommand command) throws InterruptedException {
        try {
            server.list();
            Optional<Agent> agent =
                    command.getAgentId() == null ? Optional.empty() : server.agent(command.getAgentId());
            Optional<Entry> entry =
                    command.getEntryId() == null ? Optional.empty() : server.entry(command.getEntryId());
            return new Plane(
                    Optional.empty(),
                    agent.map(known -> new SeenAgent(
                            command.getAgentId(), known.getBanned(), known.getCanReattest(), known.toString())),
                    entry.map(known -> new SeenEntry(known.getId(), known.getRevisionNumber(), known.toString())));
        } catch (IOException e) {
            return Plane.silent(e.getMessage());
        }
    }

    /** Why it could not be asked, with the remedy; empty: it answers a listing. */
    public List<String> missing() throws InterruptedException {
        try {
            server.list();
            return List.of();
        } catch (IOException e) {
            return List.of(e.getMessage() + "; check its address, and that we are an admin");
        }
    }

    @Override
    public void close() {
        server.close();
    }
}
