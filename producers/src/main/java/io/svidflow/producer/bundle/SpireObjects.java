package io.svidflow.producer.bundle;

import com.fasterxml.jackson.databind.JsonNode;
import io.svidflow.producer.bundle.ObservedObjects.Observed;
import io.svidflow.producer.layout.AttestedAgent;
import io.svidflow.producer.layout.ParentLoad;
import io.svidflow.producer.layout.SpireLayout;
import io.svidflow.producer.spire.SpireJson;
import io.svidflow.producer.spire.api.Agent;
import io.svidflow.producer.spire.api.Entry;
import io.svidflow.producer.spire.api.SPIFFEID;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Agents and entries of a bundle, as the server listed them last. */
final class SpireObjects {

    private static final String NODE_NAME = "agent_node_name:";

    private final ObservedObjects objects;

    SpireObjects(ObservedObjects objects) {
        this.objects = objects;
    }

    SpireLayout read() {
        return new SpireLayout(agents(), parents());
    }

    private List<AttestedAgent> agents() {
        Map<String, AttestedAgent> agents = new TreeMap<>();
        for (Observed observed : objects.all("agents")) {
            try {
                Agent agent = SpireJson.read(observed.object().toString(), Agent.newBuilder())
                        .build();
                String id = id(agent.getId());
                if (observed.deleted()) {
                    agents.remove(id);
                } else {
                    agents.merge(id, seen(id, agent, observed.at()), SpireObjects::later);
                }
            } catch (IllegalArgumentException e) {
                objects.skip(observed.place(), e.getMessage());
            }
        }
        return List.copyOf(agents.values());
    }

    private static AttestedAgent seen(String id, Agent agent, Instant at) {
        String node = agent.getSelectorsList().stream()
                .map(selector -> selector.getValue())
                .filter(value -> value.startsWith(NODE_NAME))
                .map(value -> value.substring(NODE_NAME.length()))
                .findFirst()
                .orElse(null);
        Instant expiry = Instant.ofEpochSecond(agent.getX509SvidExpiresAt());
        Duration left = expiry.isAfter(at) ? Duration.between(at, expiry) : Duration.ZERO;
        return new AttestedAgent(id, node, agent.getAgentVersion().isEmpty() ? null : agent.getAgentVersion(), left);
    }

    /** Just after an attestation the time to expiry is the whole lifetime. */
    private static AttestedAgent later(AttestedAgent before, AttestedAgent now) {
        boolean longer = now.lifetime().compareTo(before.lifetime()) > 0;
        return new AttestedAgent(now.id(), now.node(), now.version(), longer ? now.lifetime() : before.lifetime());
    }

    private List<ParentLoad> parents() {
        Map<String, ParentLoad> parents = new TreeMap<>();
        objects.last("entries", JsonNode.class, json -> SpireJson.read(json.toString(), Entry.newBuilder())
                        .build())
                .forEach(entry -> {
                    String parent = id(entry.getParentId());
                    parents.put(
                            parent,
                            parents.getOrDefault(parent, new ParentLoad(parent, 0, 0))
                                    .with(entry.getSerializedSize()));
                });
        return List.copyOf(parents.values());
    }

    private static String id(SPIFFEID id) {
        return "spiffe://" + id.getTrustDomain() + id.getPath();
    }
}
