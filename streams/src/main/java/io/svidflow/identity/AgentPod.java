package io.svidflow.identity;

import io.svidflow.event.ContainerState;
import io.svidflow.event.PodObserved;
import java.time.Instant;

/**
 * The SPIRE agent's pod on a node, or the CSI driver's, as the Kubernetes API last showed it.
 *
 * @param notReadySince since when it has not been Ready; null while it is
 * @param reason why its container does not run, or last did not, e.g. CrashLoopBackOff; null once it is Ready
 * @param lastStop why its container stopped before, e.g. OOMKilled; null: it has not, or nobody says why
 * @param gone the pod has been deleted and no other has come
 */
public record AgentPod(
        String uid,
        String namespace,
        String name,
        Instant createdAt,
        boolean running,
        Instant startedAt,
        Instant notReadySince,
        String reason,
        String lastStop,
        boolean terminating,
        boolean gone,
        Instant observedAt) {

    static AgentPod of(PodObserved pod, Instant at, AgentPod before) {
        boolean same = before != null && before.uid.equals(pod.getUid());
        if (same && at.isBefore(before.observedAt)) {
            return before;
        }
        boolean running = !pod.getDeleted()
                && !pod.getContainers().isEmpty()
                && pod.getContainers().stream().allMatch(ContainerState::getRunning);
        // The node controller calls the pods of a node that was away not Ready, whatever their containers do.
        boolean ready =
                pod.getReady() || (running && pod.getContainers().stream().allMatch(ContainerState::getReady));
        Instant notReady = same && before.notReadySince != null ? before.notReadySince : at;
        return new AgentPod(
                pod.getUid(),
                pod.getNamespace(),
                pod.getName(),
                pod.getCreatedAt(),
                running,
                startOf(pod),
                ready && running ? null : notReady,
                running ? lastReason(ready, same ? before : null) : reasonOf(pod),
                lastStopOf(pod),
                pod.getDeletionAt() != null,
                pod.getDeleted(),
                at);
    }

    /** During a rollout two agent pods share the node for a moment: the newer one that is not going away counts. */
    boolean givesWayTo(PodObserved other) {
        return uid.equals(other.getUid())
                || (!other.getDeleted() && (terminating || gone || !Times.reached(createdAt, other.getCreatedAt())));
    }

    private static Instant startOf(PodObserved pod) {
        return pod.getContainers().stream().map(ContainerState::getStartedAt).reduce(null, Times::latest);
    }

    /** A container in a crash loop runs for moments: only a Ready one is past what stopped it. */
    private static String lastReason(boolean ready, AgentPod before) {
        return ready || before == null ? null : before.reason;
    }

    private static String lastStopOf(PodObserved pod) {
        return pod.getContainers().stream()
                .map(ContainerState::getLastReason)
                .filter(reason -> reason != null)
                .findFirst()
                .orElse(null);
    }

    private static String reasonOf(PodObserved pod) {
        if (pod.getDeleted()) {
            return "deleted";
        }
        return pod.getContainers().stream()
                .map(ContainerState::getReason)
                .filter(reason -> reason != null)
                .findFirst()
                .orElse(pod.getPhase());
    }
}
