package io.svidflow.producer.spire;

import io.svidflow.event.AgentListed;
import io.svidflow.producer.spire.api.Agent;
import java.util.List;
import java.util.Optional;

/** Turns attested agents of SPIRE's API into the body of a fact. Where the fact goes, {@link RoutedAgents} knows. */
public final class AgentMapper {

    private AgentMapper() {}

    /**
     * Maps one agent. Selectors are not kept, so that two listings which differ in their order give equal bodies.
     *
     * @param deleted the server no longer lists it
     * @throws IllegalArgumentException if the agent has no id
     */
    public static AgentListed map(Agent agent, boolean deleted) {
        String id = ApiValues.requiredSpiffeId(agent.getId(), "id of the agent");
        List<String> selectors = ApiValues.selectors(agent.getSelectorsList());
        return AgentListed.newBuilder()
                .setAgentId(id)
                .setSerial(agent.getX509SvidSerialNumber().isEmpty() ? null : agent.getX509SvidSerialNumber())
                .setExpiresAt(ApiValues.time(agent.getX509SvidExpiresAt()))
                .setBanned(agent.getBanned())
                .setCanReattest(agent.getCanReattest())
                .setNodeUid(selected(selectors, "agent_node_uid")
                        .or(() -> NodeDirectory.nodeUid(id))
                        .orElse(null))
                .setPodUid(selected(selectors, "agent_pod_uid").orElse(null))
                .setDeleted(deleted)
                .setVersion(agent.getAgentVersion().isEmpty() ? null : agent.getAgentVersion())
                .build();
    }

    /** Name of the node that the agent proved to be on, empty if its attestor does not name it. */
    public static Optional<String> nodeName(Agent agent) {
        return selected(ApiValues.selectors(agent.getSelectorsList()), "agent_node_name");
    }

    private static Optional<String> selected(List<String> selectors, String name) {
        return ApiValues.value(selectors, "k8s_psat:" + name + ":")
                .or(() -> ApiValues.value(selectors, "k8s_sat:" + name + ":"));
    }
}
