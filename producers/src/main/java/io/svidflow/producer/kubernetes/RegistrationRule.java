package io.svidflow.producer.kubernetes;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.LabelSelector;
import java.util.Map;
import java.util.Objects;

/**
 * A ClusterSPIFFEID: which pods spire-controller-manager registers. What the entries look like is not read.
 *
 * @param name name of the ClusterSPIFFEID
 * @param generation metadata.generation; changes with the spec
 * @param namespaceSelector labels of the namespace; empty selects all
 * @param podSelector labels of the pod; empty selects all
 * @param fallback applies only to pods that no other rule selects
 */
public record RegistrationRule(
        String name, long generation, LabelSelector namespaceSelector, LabelSelector podSelector, boolean fallback) {

    private static final ObjectMapper JSON =
            new ObjectMapper().disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES);

    public RegistrationRule {
        Objects.requireNonNull(name, "name");
        LabelMatch.check(name, namespaceSelector);
        LabelMatch.check(name, podSelector);
    }

    /**
     * Reads the object.
     *
     * @throws IllegalArgumentException if it has no name, or a selector that Kubernetes would not accept
     */
    public static RegistrationRule of(GenericKubernetesResource object) {
        Map<?, ?> spec = object.getAdditionalProperties().get("spec") instanceof Map<?, ?> map ? map : Map.of();
        return new RegistrationRule(
                Metadata.name(object),
                Objects.requireNonNullElse(object.getMetadata().getGeneration(), 0L),
                selector(spec.get("namespaceSelector")),
                selector(spec.get("podSelector")),
                Boolean.TRUE.equals(spec.get("fallback")));
    }

    /**
     * Whether the rule selects a pod.
     *
     * @param namespace labels of the pod's namespace
     * @param pod labels of the pod
     */
    public boolean selects(Map<String, String> namespace, Map<String, String> pod) {
        return LabelMatch.matches(namespaceSelector, namespace) && LabelMatch.matches(podSelector, pod);
    }

    private static LabelSelector selector(Object json) {
        return json == null ? new LabelSelector() : JSON.convertValue(json, LabelSelector.class);
    }
}
