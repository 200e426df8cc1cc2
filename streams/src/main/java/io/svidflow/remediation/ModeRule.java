package io.svidflow.remediation;

import java.util.Objects;

/**
 * How far svidflow may go with one cause, in one cluster and namespace.
 *
 * @param cluster null: in every cluster
 * @param cause null: for every cause
 * @param namespace of the pods that wait; null: in every namespace
 */
public record ModeRule(String cluster, String cause, String namespace, Mode mode) {

    public ModeRule {
        Objects.requireNonNull(mode, "mode");
    }

    /** Whether it speaks of this cause and place. */
    boolean covers(String otherCluster, String otherCause, String otherNamespace) {
        return covers(cluster, otherCluster) && covers(cause, otherCause) && covers(namespace, otherNamespace);
    }

    private static boolean covers(String rule, String value) {
        return rule == null || rule.equals(value);
    }

    /** The more it says, the more it counts: a cause more than a namespace, a namespace more than a cluster. */
    int weight() {
        return (cause == null ? 0 : 4) + (namespace == null ? 0 : 2) + (cluster == null ? 0 : 1);
    }

    /** Whether both speak of the very same. */
    boolean sameScope(ModeRule other) {
        return Objects.equals(cluster, other.cluster)
                && Objects.equals(cause, other.cause)
                && Objects.equals(namespace, other.namespace);
    }

    /** As it is written in the settings: {@code cluster:CAUSE/namespace=mode}. */
    public String text() {
        return (cluster == null ? "" : cluster + ":")
                + (cause == null ? "*" : cause)
                + (namespace == null ? "" : "/" + namespace)
                + "="
                + mode.text();
    }
}
