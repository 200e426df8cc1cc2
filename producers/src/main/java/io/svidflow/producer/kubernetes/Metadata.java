package io.svidflow.producer.kubernetes;

import io.fabric8.kubernetes.api.model.HasMetadata;
import java.util.Map;
import java.util.Objects;

/** The metadata that every fact about an object needs. */
final class Metadata {

    private Metadata() {}

    static String name(HasMetadata object) {
        return required(
                object,
                object.getMetadata() == null ? null : object.getMetadata().getName(),
                "name");
    }

    static String uid(HasMetadata object) {
        return required(
                object,
                object.getMetadata() == null ? null : object.getMetadata().getUid(),
                "uid");
    }

    static String namespace(HasMetadata object) {
        return required(
                object,
                object.getMetadata() == null ? null : object.getMetadata().getNamespace(),
                "namespace");
    }

    static Map<String, String> labels(HasMetadata object) {
        return Objects.requireNonNullElse(object.getMetadata().getLabels(), Map.of());
    }

    private static String required(HasMetadata object, String value, String field) {
        if (value == null || value.isEmpty()) {
            throw new IllegalArgumentException(object.getKind() + " without metadata." + field
                    + "; record the whole object, as kubectl get -o json prints it");
        }
        return value;
    }
}
