package io.svidflow.identity;

import io.svidflow.event.ConditionStatus;
import io.svidflow.event.NodeObserved;
import java.time.Duration;
import java.time.Instant;
import java.util.Objects;

/**
 * A node as the Kubernetes API last showed it.
 *
 * @param notReadySince since when the Ready condition has not been True; null while it is
 * @param recoveredAt last recovery: a new boot id, or NotReady to Ready
 * @param rebooted the last recovery came with a new boot id
 */
public record KubernetesNode(
        String uid,
        String bootId,
        Instant notReadySince,
        Instant recoveredAt,
        boolean rebooted,
        Instant observedAt,
        String ref) {

    /** A node is declared NotReady some 40 s after its kubelet was last heard of. */
    private static final Duration LOST = Duration.ofSeconds(15);

    static KubernetesNode first(NodeObserved node, Instant at, String ref) {
        boolean ready = node.getReady() == ConditionStatus.TRUE;
        return new KubernetesNode(
                node.getUid(), node.getBootId(), ready ? null : since(node, at), null, false, at, ref);
    }

    KubernetesNode observe(NodeObserved node, Instant at, String ref) {
        if (at.isBefore(observedAt)) {
            return this;
        }
        boolean ready = node.getReady() == ConditionStatus.TRUE;
        boolean booted = bootId != null && node.getBootId() != null && !bootId.equals(node.getBootId());
        boolean ended = notReadySince != null && ready;
        return new KubernetesNode(
                node.getUid(),
                node.getBootId(),
                ready ? null : Objects.requireNonNullElseGet(notReadySince, () -> since(node, at)),
                booted || ended ? at : recoveredAt,
                booted || (rebooted && (!ended || recoveredRecently(at))),
                at,
                ref);
    }

    /** The boot id changes a little before the node is Ready again: both belong to one recovery. */
    private boolean recoveredRecently(Instant at) {
        return recoveredAt != null && recoveredAt.isAfter(at.minusSeconds(300));
    }

    /** Whether its kubelet was silent since about that time, and the node has not restarted since. */
    boolean wasSilentSince(Instant time) {
        Instant about = time.minus(LOST);
        boolean silent = notReadySince != null && notReadySince.isAfter(about);
        boolean back = recoveredAt != null && recoveredAt.isAfter(about) && !rebooted;
        return silent || (notReadySince == null && back);
    }

    boolean ready() {
        return notReadySince == null;
    }

    private static Instant since(NodeObserved node, Instant at) {
        return node.getReadySince() == null ? at : Times.earliest(node.getReadySince(), at);
    }
}
