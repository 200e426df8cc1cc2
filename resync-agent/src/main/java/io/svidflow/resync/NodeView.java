package io.svidflow.resync;

import java.util.List;
import java.util.Optional;

/**
 * What the actor knows of one node.
 *
 * @param node the Node object; null when it was never seen or is gone
 * @param pods pods that are on the node
 */
record NodeView(KnownNode node, List<KnownPod> pods) {

    NodeView {
        pods = List.copyOf(pods);
    }

    /** The boot that the node is in, if known. */
    Optional<String> bootId() {
        return Optional.ofNullable(node).map(KnownNode::bootId);
    }

    boolean hasPod(String uid) {
        return pods.stream().anyMatch(pod -> pod.uid().equals(uid));
    }

    boolean hasAgent(String uid) {
        return pods.stream().anyMatch(pod -> pod.agent() && pod.uid().equals(uid));
    }

    Optional<KnownPod> podNamed(String namespace, String name) {
        return pods.stream().filter(pod -> pod.isNamed(namespace, name)).findFirst();
    }
}
