package io.svidflow.producer.spire;

import io.svidflow.event.AgentEvent;
import io.svidflow.event.AgentListed;
import io.svidflow.event.EventHeader;
import io.svidflow.producer.EventHeaders;
import io.svidflow.producer.Observation;
import io.svidflow.producer.Publication;
import io.svidflow.producer.Publication.Route;
import io.svidflow.producer.spire.api.Agent;
import io.svidflow.topic.Topics;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * Publishes the agents that the SPIRE server lists to the node of each. A listing that differs in nothing but the order
 * of selectors is no news. Not thread-safe: a source observes in order.
 */
public final class RoutedAgents {

    private final EventHeaders headers;
    private final NodeDirectory directory;
    private final Map<String, AgentListed> listed = new HashMap<>();

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
        if (observation.deleted()) {
            listed.remove(body.getAgentId());
        } else {
            listed.put(body.getAgentId(), body);
        }
        Optional<String> node = directory.nodeOf(body.getAgentId());
        EventHeader header = headers.header(
                node.orElse(null),
                observation.at(),
                observation.at(),
                observation.sequence(),
                body.getAgentId(),
                body.toString(),
                observation.origin());
        return Optional.of(new Publication(
                Topics.AGENT_EVENTS,
                node.map(name -> Topics.nodeKey(headers.cluster(), name)).orElse(headers.cluster()),
                new AgentEvent(header, body),
                observation.at(),
                node.isPresent() ? Route.BY_KEY : Route.EVERY_PARTITION));
    }
}
