package io.svidflow.producer.layout;

import java.util.Map;

/**
 * A PodDisruptionBudget.
 *
 * @param namespace its namespace
 * @param name its name
 * @param matchLabels labels that its pods have; empty: all pods of the namespace, as policy/v1 defines it
 */
public record DisruptionBudget(String namespace, String name, Map<String, String> matchLabels) {

    public DisruptionBudget {
        matchLabels = Map.copyOf(matchLabels);
    }

    /** Whether it protects the pod. */
    public boolean covers(PlacedPod pod) {
        return namespace.equals(pod.namespace()) && pod.labels().entrySet().containsAll(matchLabels.entrySet());
    }
}
