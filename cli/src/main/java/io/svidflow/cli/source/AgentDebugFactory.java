package io.svidflow.cli.source;

import io.svidflow.cli.config.Form;
import io.svidflow.cli.config.Key;
import io.svidflow.cli.config.Section;
import io.svidflow.producer.coverage.SourceKind;
import io.svidflow.producer.spire.poll.AgentDebugSource;
import io.svidflow.producer.spire.poll.AgentHealth;
import io.svidflow.producer.spire.poll.AgentMetrics;
import io.svidflow.producer.spire.poll.PollSettings;
import io.svidflow.producer.spire.poll.SocketEndpoint;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/** The debug API of agents, each over its admin socket. */
final class AgentDebugFactory implements SourceFactory {

    private static final String LIST = "sources.agent-debug.agents";
    private static final Key<String> NODE = Key.optional(
            LIST + "[].node",
            Form.TEXT,
            "node-1",
            "Node of the agent, as Kubernetes has it. Left out: that of this process.");
    private static final Key<Path> SOCKET = Key.optional(
            LIST + "[].socket",
            Form.PATH,
            "/run/spire/agent/admin.sock",
            "The agent's admin socket (admin_socket_path), which is not its Workload API. This or metrics is needed.");
    private static final Key<URI> METRICS = Key.optional(
            LIST + "[].metrics",
            Form.URL,
            "http://127.0.0.1:9988/metrics",
            "The agent's Prometheus endpoint (telemetry), where there is no admin socket. It is less exact.");
    private static final Key<URI> HEALTH = Key.optional(
            LIST + "[].health",
            Form.URL,
            "http://127.0.0.1:9982",
            "The agent's health endpoint (health_checks). Left out: not asked.");
    private static final Key<Duration> INTERVAL =
            Key.of("sources.agent-debug.interval", SpireServerFactory.INTERVALS, "5s", "From one call to the next.");

    private record Agent(String node, Optional<Path> socket, Optional<URI> metrics, Optional<URI> health) {}

    @Override
    public List<Key<?>> keys() {
        return List.of(NODE, SOCKET, METRICS, HEALTH, INTERVAL);
    }

    @Override
    public Optional<Function<Surroundings, List<Planned>>> read(Section all) {
        Duration interval = all.get(INTERVAL, Duration.ofSeconds(1));
        Optional<String> here = all.find(ProducersPlan.NODE);
        List<Agent> agents = new ArrayList<>();
        for (Section block : all.blocks(LIST)) {
            Optional<String> node = block.find(NODE).or(() -> here);
            if (node.isEmpty()) {
                block.problem(NODE, "is not set", "set it, or the node of this process (node, SVIDFLOW_NODE)");
            }
            agents.add(agent(block, node.orElse("?")));
        }
        return agents.isEmpty()
                ? Optional.empty()
                : Optional.of(around -> agents.stream()
                        .map(agent -> planned(agent, interval, around))
                        .toList());
    }

    private static Agent agent(Section block, String node) {
        Agent agent = new Agent(node, block.find(SOCKET), block.find(METRICS), block.find(HEALTH));
        if (agent.socket().isEmpty() && agent.metrics().isEmpty()) {
            block.problem(SOCKET, "is not set", "set it, or metrics");
        } else if (agent.socket().isPresent() && agent.metrics().isPresent()) {
            block.problem(METRICS, "is set beside socket", "leave it out: the socket tells more");
        }
        return agent;
    }

    private static Planned planned(Agent agent, Duration interval, Surroundings around) {
        PollSettings settings = PollSettings.ofAgent().every(interval);
        Optional<AgentHealth> health = agent.health().map(url -> new AgentHealth(url, settings.timeout()));
        AgentDebugSource source = agent.socket()
                .map(socket -> new AgentDebugSource(
                        agent.node(),
                        SocketEndpoint.ofAgent(socket),
                        health,
                        settings,
                        SpireServerFactory.raw(around),
                        around.clock()))
                .orElseGet(() -> new AgentDebugSource(
                        agent.node(),
                        new AgentMetrics(agent.metrics().orElseThrow(), settings.timeout()),
                        health,
                        settings,
                        around.clock()));
        return Planned.of(source, Set.of(), Set.of(SourceKind.AGENT_DEBUG), source::check);
    }
}
