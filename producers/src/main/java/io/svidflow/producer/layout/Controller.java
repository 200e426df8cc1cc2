package io.svidflow.producer.layout;

import io.svidflow.event.PodRole;
import java.time.Duration;
import java.util.List;

/**
 * A StatefulSet, Deployment or DaemonSet.
 *
 * @param kind its kind
 * @param namespace its namespace
 * @param name its name
 * @param role what its pods are to the identity chain
 * @param replicas pods wanted; of a DaemonSet the number of nodes it is meant for
 * @param spread its pods avoid each other's nodes, by anti-affinity or by a topology spread constraint
 * @param tolerations keys of the taints that its pods tolerate; a key of {@code *} tolerates every taint
 * @param tokens lifetimes of the service account tokens that are projected into its pods
 */
public record Controller(
        String kind,
        String namespace,
        String name,
        PodRole role,
        int replicas,
        boolean spread,
        List<String> tolerations,
        List<Duration> tokens) {

    public Controller {
        tolerations = List.copyOf(tolerations);
        tokens = List.copyOf(tokens);
    }

    /** Kind, namespace and name. */
    public String path() {
        return kind + " " + namespace + "/" + name;
    }

    boolean owns(PlacedPod pod) {
        if (!pod.namespace().equals(namespace) || pod.ownerName() == null) {
            return false;
        }
        boolean replicaSet = kind.equals("Deployment") && "ReplicaSet".equals(pod.ownerKind());
        return replicaSet
                ? pod.ownerName().startsWith(name + "-")
                : kind.equals(pod.ownerKind()) && name.equals(pod.ownerName());
    }
}
