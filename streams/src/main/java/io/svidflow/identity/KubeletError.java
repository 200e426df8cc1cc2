package io.svidflow.identity;

import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/**
 * How a kubelet fails the agent that asks it for its pods. Source: pkg/agent/plugin/workloadattestor/k8s of SPIRE 1.8 to
 * 1.15; the ends of the texts come from Go's HTTP client.
 */
public enum KubeletError {
    /** It answers that the agent may not: token, webhook authorisation, RBAC on nodes/proxy. */
    FORBIDDEN,
    /** Its certificate is not one that the agent trusts. */
    X509,
    /** It does not answer in time. */
    TIMEOUT,
    /** The name that the agent calls it by is not known. */
    ADDRESS,
    /** It takes no connection or closes it. */
    REFUSED,
    /** It fails in some other way. */
    OTHER;

    private static final List<String> FORBIDDEN_TEXTS =
            List.of("401 unauthorized", "403 forbidden", "unable to load token", "service account token");
    private static final List<String> X509_TEXTS = List.of("x509:", "tls: ", "certificate");
    private static final List<String> TIMEOUT_TEXTS =
            List.of("context deadline exceeded", "timeout", "no route to host", "network is unreachable");
    private static final List<String> ADDRESS_TEXTS = List.of("no such host", "lookup ", "server misbehaving");
    private static final List<String> REFUSED_TEXTS =
            List.of("connection refused", "connection reset", "eof", "broken pipe");

    /** How it fails, by a text that {@link #matches}. */
    public static KubeletError of(String error) {
        String text = error == null ? "" : error.toLowerCase(Locale.ROOT);
        if (any(FORBIDDEN_TEXTS, text)) {
            return FORBIDDEN;
        }
        if (any(ADDRESS_TEXTS, text)) {
            return ADDRESS;
        }
        if (any(TIMEOUT_TEXTS, text)) {
            return TIMEOUT;
        }
        if (any(X509_TEXTS, text)) {
            return X509;
        }
        return any(REFUSED_TEXTS, text) ? REFUSED : OTHER;
    }

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

    private static boolean any(List<String> words, String text) {
        return words.stream().anyMatch(text::contains);
    }
}
