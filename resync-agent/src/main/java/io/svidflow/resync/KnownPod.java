package io.svidflow.resync;

import io.svidflow.event.PodObserved;
import io.svidflow.event.PodRole;
import java.time.Instant;

/**
 * A pod that is on a node.
 *
 * @param agent it is the SPIRE agent's
 * @param observedAt when it was last seen
 */
record KnownPod(String uid, String namespace, String name, boolean agent, Instant observedAt) {

    static KnownPod of(PodObserved pod, Instant observedAt) {
        return new KnownPod(
                pod.getUid(), pod.getNamespace(), pod.getName(), pod.getRole() == PodRole.SPIRE_AGENT, observedAt);
    }

    boolean isNamed(String otherNamespace, String otherName) {
        return namespace.equals(otherNamespace) && name.equals(otherName);
    }
}
