package io.svidflow.producer.spire.poll;

import io.grpc.Status;
import io.svidflow.producer.spire.api.Agent;
import io.svidflow.producer.spire.api.Entry;
import io.svidflow.producer.spire.api.SPIFFEID;
import io.svidflow.producer.spire.api.agent.AgentGrpc;
import io.svidflow.producer.spire.api.agent.GetAgentRequest;
import io.svidflow.producer.spire.api.agent.ListAgentsRequest;
import io.svidflow.producer.spire.api.entry.EntryGrpc;
import io.svidflow.producer.spire.api.entry.GetEntryRequest;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.Optional;

/**
 * Single questions to a SPIRE server, each asked when it is asked and never answered from memory. Only reads. For one
 * thread.
 */
public final class ServerLookup implements AutoCloseable {

    private static final int ONE = 1;

    private final String address;
    private final SpireConnection connection;

    /** @param timeout how long an answer may take */
    public ServerLookup(SpireEndpoint endpoint, Duration timeout) {
        this.address = endpoint.address();
        this.connection = new SpireConnection(endpoint, timeout);
    }

    /** Where the server answers, as an operator would name it. */
    public String address() {
        return address;
    }

    /**
     * Whether a listing succeeds, for which the server has to ask its datastore.
     *
     * @throws IOException if it does not, in the words of SPIRE's logs
     */
    public void list() throws IOException, InterruptedException {
        ask("ListAgents", (channel, deadline) -> AgentGrpc.newBlockingStub(channel)
                .withDeadline(deadline)
                .listAgents(ListAgentsRequest.newBuilder().setPageSize(ONE).build()));
    }

    /**
     * An agent as the server knows it; empty: it knows none of that name.
     *
     * @param id its SPIFFE ID
     * @throws IOException if the server does not answer
     */
    public Optional<Agent> agent(String id) throws IOException, InterruptedException {
        URI uri = URI.create(id);
        SPIFFEID name = SPIFFEID.newBuilder()
                .setTrustDomain(uri.getHost())
                .setPath(uri.getPath())
                .build();
        return ask("GetAgent", (channel, deadline) -> AgentGrpc.newBlockingStub(channel)
                .withDeadline(deadline)
                .getAgent(GetAgentRequest.newBuilder().setId(name).build()));
    }

    /**
     * A registration entry; empty: there is none of that id.
     *
     * @throws IOException if the server does not answer
     */
    public Optional<Entry> entry(String id) throws IOException, InterruptedException {
        return ask("GetEntry", (channel, deadline) -> EntryGrpc.newBlockingStub(channel)
                .withDeadline(deadline)
                .getEntry(GetEntryRequest.newBuilder().setId(id).build()));
    }

    private <A> Optional<A> ask(String operation, SpireConnection.Call<A> call)
            throws IOException, InterruptedException {
        try {
            return Optional.of(connection.call(operation, call).answer());
        } catch (CallFailedException e) {
            if (e.code() == Status.Code.NOT_FOUND) {
                return Optional.empty();
            }
            throw new IOException(operation + " at " + address + " failed: " + e.getMessage(), e);
        }
    }

    @Override
    public void close() {
        connection.close();
    }
}
