package io.svidflow.identity;

import java.util.List;
import java.util.Locale;

/**
 * Where the attestation of a workload broke, told from SPIRE's error text. Source: pkg/agent/attestor/workload and
 * pkg/agent/plugin/workloadattestor/k8s of SPIRE 1.8 to 1.15.
 */
public enum AttestFailure {
    /** The kubelet did not give the agent its pod list: every pod of the node is concerned. */
    KUBELET,
    /** The pod list does not show the caller's container: one pod is concerned, or every one. */
    CONTAINER,
    /** The caller gave up before the attestors had finished. */
    TIMED_OUT,
    /** Anything else, or no text at all. */
    OTHER;

    private static final List<String> CONTAINER_TEXTS =
            List.of("no selectors found after max poll attempts", "container id not found");
    private static final List<String> TIMED_OUT_TEXTS = List.of("timed out collecting selectors", "context canceled");

    /** What a text says; a null text says nothing. */
    public static AttestFailure of(String error) {
        String text = error == null ? "" : error.toLowerCase(Locale.ROOT);
        if (CONTAINER_TEXTS.stream().anyMatch(text::contains)) {
            return CONTAINER;
        }
        if (TIMED_OUT_TEXTS.stream().anyMatch(text::contains)) {
            return TIMED_OUT;
        }
        if (KubeletError.matches(text)) {
            return KUBELET;
        }
        return text.contains("context deadline exceeded") ? TIMED_OUT : OTHER;
    }

    /** The text that says more of two: a caller who gives up hides what it waited for. */
    static String moreTelling(String before, String after) {
        return after == null || of(before).vagueness() < of(after).vagueness() ? before : after;
    }

    private int vagueness() {
        return switch (this) {
            case KUBELET, CONTAINER -> 0;
            case TIMED_OUT -> 1;
            case OTHER -> 2;
        };
    }
}
