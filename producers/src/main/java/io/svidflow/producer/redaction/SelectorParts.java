package io.svidflow.producer.redaction;

import java.util.Map;

/**
 * A selector taken apart.
 *
 * @param head what every installation has in common, e.g. {@code k8s:pod-label:}
 * @param label key of a label, or empty
 * @param kind what the value is
 * @param value the rest; empty if it tells nothing
 */
record SelectorParts(String head, String label, NameKind kind, String value) {

    private static final Map<String, NameKind> KINDS = Map.ofEntries(
            Map.entry("ns", NameKind.NAMESPACE),
            Map.entry("agent_ns", NameKind.NAMESPACE),
            Map.entry("sa", NameKind.ACCOUNT),
            Map.entry("agent_sa", NameKind.ACCOUNT),
            Map.entry("pod-name", NameKind.POD),
            Map.entry("agent_pod_name", NameKind.POD),
            Map.entry("node-name", NameKind.NODE),
            Map.entry("agent_node_name", NameKind.NODE),
            Map.entry("cluster", NameKind.CLUSTER),
            Map.entry("container-name", NameKind.CONTAINER),
            Map.entry("container-image", NameKind.IMAGE),
            Map.entry("pod-image", NameKind.IMAGE),
            Map.entry("pod-init-image", NameKind.IMAGE));

    static SelectorParts of(String selector) {
        String[] parts = selector.split(":", 3);
        if (parts.length < 3) {
            return parts.length == 2
                    ? new SelectorParts(parts[0] + ":", "", NameKind.VALUE, parts[1])
                    : new SelectorParts("", "", NameKind.VALUE, selector);
        }
        String head = parts[0] + ":" + parts[1] + ":";
        String value = parts[2];
        if (parts[1].endsWith("label")) {
            int colon = value.indexOf(':');
            return colon < 0
                    ? new SelectorParts(head, "", NameKind.VALUE, value)
                    : new SelectorParts(head, value.substring(0, colon), NameKind.VALUE, value.substring(colon + 1));
        }
        if (parts[1].equals("pod-owner") || parts[1].equals("pod-owner-uid")) {
            int colon = value.indexOf(':') + 1;
            return new SelectorParts(head + value.substring(0, colon), "", NameKind.OWNER, value.substring(colon));
        }
        return new SelectorParts(head, "", KINDS.getOrDefault(parts[1], NameKind.VALUE), value);
    }
}
