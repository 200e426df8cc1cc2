package io.svidflow.producer.kubernetes;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.fabric8.kubernetes.api.model.PodSpec;
import io.svidflow.event.PodRole;
import java.util.Set;

/** Which of the objects of a kind are looked at at all. The API cannot be asked for these alone. */
public final class WantedObjects {

    private static final JsonMapper JSON = JsonMapper.builder()
            .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            .build();

    /** Reasons of Kubernetes events that tell an operator why identities are missing. */
    private static final Set<String> REASONS = Set.of(
            "FailedMount",
            "FailedAttachVolume",
            "FailedMapVolume",
            "FailedScheduling",
            "FailedCreatePodSandBox",
            "BackOff",
            "Unhealthy",
            "Evicted",
            "NodeNotReady",
            "NodeReady",
            "Rebooted");

    private WantedObjects() {}

    /** Whether an object is looked at. */
    public static boolean wanted(KubernetesKind kind, JsonNode object) {
        return switch (kind) {
            case EVENTS -> REASONS.contains(object.path("reason").asText());
            case DAEMON_SETS, STATEFUL_SETS, DEPLOYMENTS -> ofSpire(object.at("/spec/template/spec"));
            case NAMESPACES, RULES, NODES, PODS, STATIC_ENTRIES, DISRUPTION_BUDGETS -> true;
        };
    }

    /** Its pods are SPIRE's own, or look like a datastore. */
    private static boolean ofSpire(JsonNode spec) {
        try {
            return spec.isObject() && PodRoles.of(JSON.treeToValue(spec, PodSpec.class)) != PodRole.WORKLOAD;
        } catch (JsonProcessingException e) {
            return true; // who looks at it will say what is odd about it
        }
    }
}
