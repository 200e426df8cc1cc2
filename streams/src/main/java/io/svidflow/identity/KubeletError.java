package io.svidflow.identity;

import java.util.Locale;
import java.util.stream.Stream;

/**
 * Tells a kubelet that does not answer, which concerns every pod of the node, from a container that is not found, which
 * concerns one. Source: pkg/agent/plugin/workloadattestor/k8s of SPIRE 1.8 to 1.15.
 */
public final class KubeletError {

    private KubeletError() {}

    /** Whether the text says that the agent could not get the pod list from the kubelet. */
    public static boolean matches(String error) {
        if (error == null) {
            return false;
        }
        String text = error.toLowerCase(Locale.ROOT);
        boolean container = text.contains("no selectors found after max poll attempts");
        return !container
                && Stream.of(
                                "unable to perform request",
                                "unexpected status code on pods response",
                                "unable to get pod list",
                                "unable to decode kubelet response",
                                "unable to load kubelet client",
                                ":10250",
                                "/pods\"")
                        .anyMatch(text::contains);
    }
}
