package io.svidflow.producer.spire.poll;

import io.svidflow.producer.spire.AgentStatusMapper;
import io.svidflow.producer.spire.api.DebugGrpc;
import io.svidflow.producer.spire.api.GetInfoRequest;
import io.svidflow.producer.spire.api.GetInfoResponse;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Asks an agent by its debug API. */
final class DebugPoll implements AgentPoll {

    /** What is tried; a failure of it is told by this name. */
    static final String GET_INFO = "GetInfo";

    private final String address;
    private final SpireConnection connection;

    private DebugPoll(SpireEndpoint endpoint, Duration timeout) {
        this.address = endpoint.address();
        this.connection = new SpireConnection(endpoint, timeout);
    }

    static Way at(SpireEndpoint endpoint, Duration timeout) {
        return new Way() {
            @Override
            public AgentPoll open() {
                return new DebugPoll(endpoint, timeout);
            }

            @Override
            public List<String> check(String node) throws InterruptedException {
                List<String> problems = new ArrayList<>(endpoint.obstacles());
                if (problems.isEmpty()) {
                    try (SpireConnection connection = new SpireConnection(endpoint, timeout)) {
                        info(connection);
                    } catch (CallFailedException e) {
                        problems.add("GetInfo at " + endpoint.address() + " failed: " + e.getMessage()
                                + "; see that the agent of " + node + " runs, and that this is its admin socket"
                                + " (agent.admin_socket_path) and not its Workload API");
                    }
                }
                return problems;
            }
        };
    }

    @Override
    public String operation() {
        return GET_INFO;
    }

    @Override
    public String address() {
        return address + " " + GET_INFO;
    }

    @Override
    public Answer ask(Instant asked) throws CallFailedException, InterruptedException {
        GetInfoResponse info = info(connection);
        return new Answer(AgentStatusMapper.status(info), Map.of(), Optional.of(info));
    }

    private static GetInfoResponse info(SpireConnection connection) throws CallFailedException, InterruptedException {
        return connection
                .call(GET_INFO, (channel, deadline) -> DebugGrpc.newBlockingStub(channel)
                        .withDeadline(deadline)
                        .getInfo(GetInfoRequest.getDefaultInstance()))
                .answer();
    }

    @Override
    public void close() {
        connection.close();
    }
}
