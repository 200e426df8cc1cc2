package io.svidflow.producer.spire;

import java.util.Optional;

/** Knows which Kubernetes node a SPIRE agent runs on. */
public interface AgentDirectory {

    /**
     * Names the node of an agent.
     *
     * @param agentSpiffeId SPIFFE ID of the agent, e.g. {@code spiffe://td/spire/agent/k8s_psat/cluster/uid}
     * @return name of the Kubernetes node, empty while nobody can tell
     */
    Optional<String> nodeOf(String agentSpiffeId);
}
