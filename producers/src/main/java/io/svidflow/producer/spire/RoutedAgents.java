package io.svidflow.producer.spire;

import io.svidflow.event.AgentEvent;
import io.svidflow.event.AgentListed;
import io.svidflow.event.EventHeader;
import io.svidflow.event.Origin;
import io.svidflow.producer.EventHeaders;
import io.svidflow.producer.Observation;
import io.svidflow.producer.Publication;
import io.svidflow.producer.Publication.Route;
import io.svidflow.producer.spire.api.Agent;
import io.svidflow.topic.Topics;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Publishes the agents that the SPIRE server lists to the node of each. A listing that differs in nothing but the order
 * of selectors is no news. Not thread-safe: a source observes in order.
 */
public final class RoutedAgents {

    private final EventHeaders headers;
    private final NodeDirectory directory;
    private final Map<String, AgentListed> listed = new HashMap<>();
    private final Map<String, Told> earlier = new HashMap<>();

    /**
     * @param headers headers of the SPIRE server source
     * @param directory learns from each agent which node it is on, and says where the others are
     */
    public RoutedAgents(EventHeaders headers, NodeDirectory directory) {
        this.headers = headers;
        this.directory = directory;
    }

    /**
     * An agent was listed, or is no longer. An agent whose node nobody knows goes to every partition.
     *
     * @return empty if nothing changed
     * @throws IllegalArgumentException if the agent has no id
     */
    public Optional<Publication> agent(Observation<Agent> observation) {
        AgentListed body = AgentMapper.map(observation.object(), observation.deleted());
        AgentMapper.nodeName(observation.object()).ifPresent(node -> directory.agent(body.getAgentId(), node));
        if (body.equals(listed.get(body.getAgentId()))) {
            return Optional.empty();
        }
        earlier.remove(body.getAgentId());
        if (observation.deleted()) {
            listed.remove(body.getAgentId());
        } else {
            listed.put(body.getAgentId(), body);
        }
        String node = directory.nodeOf(body.getAgentId()).orElse(null);
        return Optional.of(publish(body, node, observation.at(), observation.sequence(), observation.origin()));
    }

    /** An earlier process told of this agent: if it is gone, that has to be told by this one. Where it was, it still is. */
    public void restore(Told agent) {
        earlier.put(agent.id(), agent);
        if (agent.node() != null) {
            directory.agent(agent.id(), agent.node());
        }
    }

    /** SPIFFE IDs of the agents of which only an earlier process told. */
    public Set<String> untold() {
        return Set.copyOf(earlier.keySet());
    }

    /** What has been told of and is not gone, by this process or an earlier one. */
    public Stream<Told> told() {
        Stream<Told> here = listed.keySet().stream()
                .map(id -> new Told(id, directory.nodeOf(id).orElse(null), id, ""));
        return Stream.concat(here, earlier.values().stream());
    }

    /**
     * An agent of which only an earlier process told is not there any more.
     *
     * @param id one of {@link #untold()}
     */
    public Publication vanished(String id, Instant at, long sequence, Origin origin) {
        Told told = earlier.remove(id);
        AgentListed body = AgentListed.newBuilder()
                .setAgentId(id)
                .setBanned(false)
                .setCanReattest(false)
                .setNodeUid(NodeDirectory.nodeUid(id).orElse(null))
                .setDeleted(true)
                .build();
        return publish(body, told.node(), at, sequence, origin);
    }

    private Publication publish(AgentListed body, String node, Instant at, long sequence, Origin origin) {
        EventHeader header = headers.header(node, at, at, sequence, body.getAgentId(), body.toString(), origin);
        return new Publication(
                Topics.AGENT_EVENTS,
                node == null ? headers.cluster() : Topics.nodeKey(headers.cluster(), node),
                new AgentEvent(header, body),
                at,
                node == null ? Route.EVERY_PARTITION : Route.BY_KEY);
    }
}
