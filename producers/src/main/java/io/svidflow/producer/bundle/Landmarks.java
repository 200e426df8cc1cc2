package io.svidflow.producer.bundle;

import com.fasterxml.jackson.databind.JsonNode;
import io.svidflow.producer.spire.AgentMapper;
import io.svidflow.producer.spire.AgentStatusMapper;
import io.svidflow.producer.spire.NodeDirectory;
import io.svidflow.producer.spire.SpireJson;
import io.svidflow.producer.spire.api.Agent;
import io.svidflow.producer.spire.api.GetInfoResponse;

/**
 * Learns which node things are on before any fact is written, from all lines of the bundle: where a fact goes must not
 * depend on the order in which files are read.
 */
final class Landmarks {

    private final NodeDirectory directory;

    Landmarks(NodeDirectory directory) {
        this.directory = directory;
    }

    void learn(ObjectLine line) {
        if (line.failed() || line.bookmark()) {
            return;
        }
        JsonNode object = line.object();
        String uid = object.path("metadata").path("uid").asText("");
        switch (line.file()) {
            case NODES ->
                directory.node(uid, object.path("metadata").path("name").asText(""));
            case PODS -> {
                String node = object.path("spec").path("nodeName").asText("");
                if (!node.isEmpty()) {
                    directory.pod(uid, node);
                }
            }
            case AGENTS -> agent(object.toString());
            case AGENT_DEBUG -> status(line.node(), object.toString());
            default -> {
                // says nothing about nodes
            }
        }
    }

    private void agent(String json) {
        try {
            Agent agent = SpireJson.read(json, Agent.newBuilder()).build();
            AgentMapper.nodeName(agent)
                    .ifPresent(node ->
                            directory.agent(AgentMapper.map(agent, false).getAgentId(), node));
        } catch (IllegalArgumentException e) {
            // it becomes a dead letter when it is mapped
        }
    }

    private void status(String node, String json) {
        try {
            AgentStatusMapper.agentId(
                            SpireJson.read(json, GetInfoResponse.newBuilder()).build())
                    .ifPresent(agent -> directory.agent(agent, node));
        } catch (IllegalArgumentException e) {
            // it becomes a dead letter when it is mapped
        }
    }
}
