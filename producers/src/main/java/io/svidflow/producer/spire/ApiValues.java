package io.svidflow.producer.spire;

import io.svidflow.producer.spire.api.SPIFFEID;
import io.svidflow.producer.spire.api.Selector;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** How SPIRE's API writes names, times and selectors. */
final class ApiValues {

    private ApiValues() {}

    /** @return empty if the field is not set */
    static Optional<String> spiffeId(SPIFFEID id) {
        return id.getTrustDomain().isEmpty()
                ? Optional.empty()
                : Optional.of("spiffe://" + id.getTrustDomain() + id.getPath());
    }

    static String requiredSpiffeId(SPIFFEID id, String what) {
        return spiffeId(id)
                .orElseThrow(() -> new IllegalArgumentException(
                        what + " is missing; list with all fields, the output mask empty"));
    }

    /** @return null for 0, which is how proto3 writes "not set" */
    static Instant time(long unixSeconds) {
        return unixSeconds == 0 ? null : Instant.ofEpochSecond(unixSeconds);
    }

    static List<String> selectors(List<Selector> selectors) {
        return selectors.stream()
                .map(selector -> selector.getType() + ":" + selector.getValue())
                .sorted()
                .toList();
    }

    /** Value of the first selector that starts with the prefix, e.g. {@code k8s:pod-uid:}. */
    static Optional<String> value(List<String> selectors, String prefix) {
        return selectors.stream()
                .filter(selector -> selector.startsWith(prefix))
                .map(selector -> selector.substring(prefix.length()))
                .findFirst();
    }
}
