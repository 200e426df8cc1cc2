package io.svidflow.resync.scene;

import io.svidflow.event.PodRole;

/**
 * A pod.
 *
 * @param node where it runs; null: nowhere yet
 * @param role what it is to the identity chain
 * @param container the container that makes it what its role says, otherwise the first one
 * @param owner what makes a new one when this one is gone, e.g. {@code DaemonSet/spire-agent}; null: nothing does
 * @param ready it is Ready and nobody deletes it
 * @param terminating it is being deleted
 * @param leftAlone somebody has marked it as nothing for svidflow, see {@link Mark}
 * @param critical Kubernetes itself depends on it: a static pod, or one of a system-critical priority
 * @param state phase, conditions and container states as JSON, without specification and environment
 */
public record SeenPod(
        String namespace,
        String name,
        String uid,
        String node,
        PodRole role,
        String container,
        String owner,
        boolean ready,
        boolean terminating,
        boolean leftAlone,
        boolean critical,
        String state) {

    /** As operators write it. */
    public String fullName() {
        return namespace + "/" + name;
    }

    /** Whether something of this kind makes a new one. */
    public boolean ownedBy(String kind) {
        return owner != null && owner.startsWith(kind + "/");
    }
}
