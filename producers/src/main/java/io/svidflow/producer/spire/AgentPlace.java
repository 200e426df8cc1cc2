package io.svidflow.producer.spire;

import io.svidflow.topic.Topics;
import java.util.Optional;

/**
 * Where the facts about an agent belong.
 *
 * @param node Kubernetes node of the agent, null if nobody can tell
 * @param key record key: the node's, or one made of the agent's id, so that the agent's facts stay together
 */
record AgentPlace(String node, String key) {

    /** The key of facts about agents that their line does not name. */
    private static final String UNNAMED = "unnamed-agent";

    static AgentPlace onNode(String cluster, String node) {
        return new AgentPlace(node, Topics.nodeKey(cluster, node));
    }

    /**
     * @param agentId SPIFFE ID of the agent, null if the line names none
     */
    static AgentPlace ofAgent(String cluster, String agentId, AgentDirectory agents) {
        if (agentId == null) {
            return new AgentPlace(null, Topics.nodeKey(cluster, UNNAMED));
        }
        Optional<String> node = agents.nodeOf(agentId);
        return node.map(name -> onNode(cluster, name))
                .orElseGet(() -> new AgentPlace(null, Topics.nodeKey(cluster, path(agentId))));
    }

    private static String path(String agentId) {
        int authority = agentId.indexOf("://");
        int path = authority < 0 ? -1 : agentId.indexOf('/', authority + 3);
        return path < 0 ? agentId : agentId.substring(path + 1);
    }
}
