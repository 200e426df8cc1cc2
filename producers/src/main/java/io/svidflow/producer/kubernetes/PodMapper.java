package io.svidflow.producer.kubernetes;

import io.fabric8.kubernetes.api.model.ContainerStatus;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodStatus;
import io.svidflow.event.ContainerState;
import io.svidflow.event.EventHeader;
import io.svidflow.event.Origin;
import io.svidflow.event.PodEvent;
import io.svidflow.event.PodObserved;
import io.svidflow.producer.EventHeaders;
import io.svidflow.producer.Observation;
import io.svidflow.producer.Publication;
import io.svidflow.producer.Publication.Route;
import io.svidflow.topic.Topics;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/** Turns Pod objects into facts, trimmed to what the identity chain needs. */
public final class PodMapper {

    private final EventHeaders headers;

    /** @param headers headers of the Kubernetes source */
    public PodMapper(EventHeaders headers) {
        this.headers = headers;
    }

    /** The mapper of the Kubernetes events about pods, which come from the same source. */
    PodWarnings warnings() {
        return new PodWarnings(headers);
    }

    /**
     * Maps one observation. The API does not say when a Pod object changed, so the event time is the time of the
     * observation.
     *
     * @param selection the rules that select the pod at that time
     * @return empty while the pod has no node
     * @throws IllegalArgumentException if the object lacks a name, namespace or UID
     */
    public Optional<Publication> map(Observation<Pod> observation, RuleSelection selection) {
        Pod pod = observation.object();
        PodObserved body = observed(pod, selection, observation.deleted());
        return Optional.ofNullable(node(pod))
                .map(node -> say(body, node, observation.at(), observation.sequence(), observation.origin()));
    }

    /** What was seen of a pod on a node, as a fact. */
    Publication say(PodObserved body, String node, Instant at, long sequence, Origin origin) {
        EventHeader header = headers.header(node, at, at, sequence, body.getUid(), body.toString(), origin);
        return new Publication(
                Topics.POD_EVENTS,
                Topics.nodeKey(headers.cluster(), node),
                new PodEvent(header, body),
                at,
                Route.BY_KEY);
    }

    /** Name of the node that a pod is on; null while it has none. */
    static String node(Pod pod) {
        String node = pod.getSpec() == null ? null : pod.getSpec().getNodeName();
        return node == null || node.isEmpty() ? null : node;
    }

    static PodObserved observed(Pod pod, RuleSelection selection, boolean deleted) {
        PodStatus status = Objects.requireNonNullElseGet(pod.getStatus(), PodStatus::new);
        PodOwner owner = PodOwner.of(pod);
        return PodObserved.newBuilder()
                .setUid(Metadata.uid(pod))
                .setNamespace(Metadata.namespace(pod))
                .setName(Metadata.name(pod))
                .setPhase(Objects.requireNonNullElse(status.getPhase(), "Unknown"))
                .setRole(PodRoles.of(pod))
                .setOwnerKind(owner.kind())
                .setOwnerName(owner.name())
                .setCreatedAt(Conditions.time(pod.getMetadata().getCreationTimestamp()))
                .setDeletionAt(Conditions.time(pod.getMetadata().getDeletionTimestamp()))
                .setReady(ready(status))
                .setContainers(containers(status))
                .setSelectionKnown(selection.known())
                .setSelectedBy(selection.rules())
                .setDeleted(deleted)
                .setTemplate(owner.template())
                .setSelectors(PodSelectors.of(pod))
                .build();
    }

    private static boolean ready(PodStatus status) {
        return Objects.requireNonNullElse(
                        status.getConditions(), List.<io.fabric8.kubernetes.api.model.PodCondition>of())
                .stream()
                .anyMatch(condition ->
                        Conditions.READY.equals(condition.getType()) && "True".equals(condition.getStatus()));
    }

    private static List<ContainerState> containers(PodStatus status) {
        return Objects.requireNonNullElse(status.getContainerStatuses(), List.<ContainerStatus>of()).stream()
                .map(PodMapper::container)
                .toList();
    }

    private static ContainerState container(ContainerStatus status) {
        Optional<io.fabric8.kubernetes.api.model.ContainerState> state = Optional.ofNullable(status.getState());
        var running = state.map(io.fabric8.kubernetes.api.model.ContainerState::getRunning);
        var waiting = state.map(io.fabric8.kubernetes.api.model.ContainerState::getWaiting);
        var terminated = state.map(io.fabric8.kubernetes.api.model.ContainerState::getTerminated);
        var last = Optional.ofNullable(status.getLastState())
                .map(io.fabric8.kubernetes.api.model.ContainerState::getTerminated);
        return ContainerState.newBuilder()
                .setName(status.getName())
                .setRunning(running.isPresent())
                .setStartedAt(
                        Conditions.time(running.map(it -> it.getStartedAt()).orElse(null)))
                .setRestartCount(Objects.requireNonNullElse(status.getRestartCount(), 0))
                .setReady(Boolean.TRUE.equals(status.getReady()))
                .setReason(waiting.map(it -> it.getReason())
                        .or(() -> terminated.map(it -> it.getReason()))
                        .orElse(null))
                .setLastReason(last.map(it -> it.getReason()).orElse(null))
                .build();
    }
}
