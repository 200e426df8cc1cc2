package io.svidflow.producer.kubernetes;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.NamespaceBuilder;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodBuilder;
import io.svidflow.event.NodeEvent;
import io.svidflow.event.Origin;
import io.svidflow.event.OriginKind;
import io.svidflow.event.PodEvent;
import io.svidflow.event.PodObserved;
import io.svidflow.producer.Observation;
import io.svidflow.producer.Observation.Change;
import io.svidflow.producer.Publication;
import java.time.Instant;
import java.util.Map;

/** Objects of the Kubernetes API, and observations of them. */
final class Objects {

    static final Instant AT = Instant.parse("2025-02-06T00:26:10.123456Z");
    private static final JsonMapper JSON = new JsonMapper();

    private Objects() {}

    static <T> Observation<T> seen(T object) {
        return seen(object, Change.ADDED, 0);
    }

    static <T> Observation<T> seen(T object, Change change, long sequence) {
        Origin origin =
                Origin.newBuilder().setKind(OriginKind.API).setLocation("test").build();
        return new Observation<>(AT.plusSeconds(sequence), change, object, sequence, origin);
    }

    static Pod pod(String name, String node, Map<String, String> labels) {
        return new PodBuilder()
                .withNewMetadata()
                .withName(name)
                .withNamespace("shop")
                .withUid("uid-" + name)
                .withLabels(labels)
                .endMetadata()
                .withNewSpec()
                .withNodeName(node)
                .addNewContainer()
                .withName("app")
                .withImage("registry.example/shop/cart:1")
                .endContainer()
                .endSpec()
                .withNewStatus()
                .withPhase("Running")
                .endStatus()
                .build();
    }

    static io.fabric8.kubernetes.api.model.Namespace namespace(String name, Map<String, String> labels) {
        return new NamespaceBuilder()
                .withNewMetadata()
                .withName(name)
                .withLabels(labels)
                .endMetadata()
                .build();
    }

    static GenericKubernetesResource rule(String name, long generation, String spec) {
        String json = """
                {"apiVersion": "spire.spiffe.io/v1alpha1", "kind": "ClusterSPIFFEID",
                 "metadata": {"name": "%s", "generation": %d}, "spec": %s}""";
        try {
            return JSON.readValue(json.formatted(name, generation, spec), GenericKubernetesResource.class);
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException(e);
        }
    }

    static PodObserved podOf(Publication publication) {
        return (PodObserved) ((PodEvent) publication.value()).getBody();
    }

    static io.svidflow.event.NodeObserved nodeOf(Publication publication) {
        return (io.svidflow.event.NodeObserved) ((NodeEvent) publication.value()).getBody();
    }
}
