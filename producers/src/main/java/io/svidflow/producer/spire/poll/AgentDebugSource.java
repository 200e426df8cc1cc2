package io.svidflow.producer.spire.poll;

import io.svidflow.event.Origin;
import io.svidflow.producer.FailedObservations;
import io.svidflow.producer.Observation;
import io.svidflow.producer.Observation.Change;
import io.svidflow.producer.coverage.Source;
import io.svidflow.producer.coverage.SourceKind;
import io.svidflow.producer.live.LiveSource;
import io.svidflow.producer.live.Outlet;
import io.svidflow.producer.live.Outlets;
import io.svidflow.producer.spire.AgentStatusMapper;
import io.svidflow.producer.spire.api.DebugGrpc;
import io.svidflow.producer.spire.api.GetInfoRequest;
import io.svidflow.producer.spire.api.GetInfoResponse;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * How the agent of one node is: when it last synchronised and what it holds, from its debug API, and whether it finds
 * itself healthy, from its health endpoint. An agent that cannot be asked is told of as a failed observation.
 */
public final class AgentDebugSource implements LiveSource {

    /** The call; a failure of it is told by this name. */
    static final String GET_INFO = "GetInfo";

    private static final Logger LOGGER = LoggerFactory.getLogger(AgentDebugSource.class);

    private final Source source;
    private final SpireEndpoint endpoint;
    private final Optional<AgentHealth> health;
    private final PollSettings settings;
    private final Clock clock;

    /**
     * @param node name of the node, as Kubernetes has it
     * @param endpoint the agent's admin socket
     * @param health the agent's health endpoint; empty: not asked
     */
    public AgentDebugSource(
            String node, SpireEndpoint endpoint, Optional<AgentHealth> health, PollSettings settings, Clock clock) {
        this.source = new Source(SourceKind.AGENT_DEBUG, node);
        this.endpoint = endpoint;
        this.health = health;
        this.settings = settings;
        this.clock = clock;
    }

    @Override
    public String name() {
        return source.name();
    }

    @Override
    public void observe(Outlets outlets) throws InterruptedException {
        Outlet outlet = outlets.of(source);
        Voice voice = new Voice(outlet, endpoint.address(), clock);
        AgentStatusMapper mapper = new AgentStatusMapper(outlet.headers(), source.member());
        FailedObservations failures = new FailedObservations(outlet.headers());
        Optional<AgentHealthFacts> healthFacts =
                health.map(agent -> new AgentHealthFacts(agent, source.member(), voice, failures));
        boolean failing = false;
        try (SpireConnection connection = new SpireConnection(endpoint, settings.timeout())) {
            while (!Thread.currentThread().isInterrupted()) {
                Instant next = clock.instant().plus(settings.interval());
                failing = ask(connection, voice, mapper, failures, failing);
                if (healthFacts.isPresent()) {
                    healthFacts.get().ask();
                }
                voice.promise();
                voice.waitUntil(next);
            }
        }
        throw new InterruptedException("asked to stop");
    }

    /** @return whether it failed */
    private boolean ask(
            SpireConnection connection,
            Voice voice,
            AgentStatusMapper mapper,
            FailedObservations failures,
            boolean failing)
            throws InterruptedException {
        Origin origin = voice.origin(GET_INFO);
        try {
            GetInfoResponse info = info(connection);
            voice.say(List.of(mapper.map(new Observation<>(
                    voice.next(), Change.MODIFIED, info, voice.outlet().nextSequence(), origin))));
            if (failing) {
                LOGGER.atInfo().addKeyValue("node", source.member()).log("the agent answers again");
            }
            return false;
        } catch (CallFailedException e) {
            voice.say(List.of(failures.ofNode(
                    voice.next(),
                    source.member(),
                    GET_INFO,
                    e.getMessage(),
                    voice.outlet().nextSequence(),
                    origin)));
            if (!failing) {
                LOGGER.atWarn()
                        .addKeyValue("node", source.member())
                        .addKeyValue("at", endpoint.address())
                        .addKeyValue("error", e.getMessage())
                        .log("the agent does not answer; asking again, each failure is a fact");
            }
            return true;
        }
    }

    private static GetInfoResponse info(SpireConnection connection) throws CallFailedException, InterruptedException {
        return connection
                .call(GET_INFO, (channel, deadline) -> DebugGrpc.newBlockingStub(channel)
                        .withDeadline(deadline)
                        .getInfo(GetInfoRequest.getDefaultInstance()))
                .answer();
    }

    /**
     * Tries what the source needs.
     *
     * @return what is missing, each with its remedy; empty if everything is there
     */
    public List<String> check() throws InterruptedException {
        List<String> problems = new ArrayList<>(endpoint.obstacles());
        if (problems.isEmpty()) {
            try (SpireConnection connection = new SpireConnection(endpoint, settings.timeout())) {
                info(connection);
            } catch (CallFailedException e) {
                problems.add(
                        "GetInfo at " + endpoint.address() + " failed: " + e.getMessage()
                                + "; see that the agent of " + source.member()
                                + " runs, and that this is its admin socket (agent.admin_socket_path) and not its Workload API");
            }
        }
        if (health.isPresent()) {
            health.get().check().ifPresent(problems::add);
        }
        return problems;
    }
}
