package io.svidflow.producer.kubernetes;

import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.ContainerStatus;
import io.fabric8.kubernetes.api.model.EphemeralContainer;
import io.fabric8.kubernetes.api.model.OwnerReference;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodSpec;
import io.fabric8.kubernetes.api.model.PodStatus;
import java.util.List;
import java.util.Objects;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.stream.Stream;

/**
 * What SPIRE's k8s workload attestor can say of the processes of a pod, read from the Pod object instead of from the
 * kubelet (SPIRE: pkg/agent/plugin/workloadattestor/k8s). Counts and names of images by pod are left out.
 */
final class PodSelectors {

    /** A pod with more than this says nothing: half a list would make the other half look missing. */
    private static final int MOST = 64;

    private PodSelectors() {}

    /** The selectors as type:value, sorted; empty if there are too many. */
    static List<String> of(Pod pod) {
        SortedSet<String> selectors = new TreeSet<>();
        PodSpec spec = Objects.requireNonNullElseGet(pod.getSpec(), PodSpec::new);
        add(selectors, "ns:", Metadata.namespace(pod));
        add(selectors, "pod-name:", Metadata.name(pod));
        add(selectors, "pod-uid:", Metadata.uid(pod));
        add(selectors, "sa:", spec.getServiceAccountName());
        add(selectors, "node-name:", spec.getNodeName());
        Metadata.labels(pod).forEach((key, value) -> add(selectors, "pod-label:" + key + ":", value));
        for (OwnerReference owner : list(pod.getMetadata().getOwnerReferences())) {
            add(selectors, "pod-owner:" + owner.getKind() + ":", owner.getName());
            add(selectors, "pod-owner-uid:" + owner.getKind() + ":", owner.getUid());
        }
        containers(selectors, spec);
        images(selectors, pod.getStatus());
        return selectors.size() > MOST ? List.of() : List.copyOf(selectors);
    }

    private static void containers(SortedSet<String> selectors, PodSpec spec) {
        Stream.of(list(spec.getContainers()), list(spec.getInitContainers()))
                .flatMap(List::stream)
                .map(Container::getName)
                .forEach(name -> add(selectors, "container-name:", name));
        list(spec.getEphemeralContainers()).stream()
                .map(EphemeralContainer::getName)
                .forEach(name -> add(selectors, "container-name:", name));
    }

    /** The attestor takes an image by its name and by its id; where a container has no id yet, nothing can be said. */
    private static void images(SortedSet<String> selectors, PodStatus status) {
        List<ContainerStatus> containers = status == null
                ? List.of()
                : Stream.of(
                                list(status.getContainerStatuses()),
                                list(status.getInitContainerStatuses()),
                                list(status.getEphemeralContainerStatuses()))
                        .flatMap(List::stream)
                        .toList();
        boolean known = containers.stream()
                .allMatch(container -> container.getImageID() != null
                        && !container.getImageID().isEmpty());
        if (known) {
            containers.forEach(container -> {
                add(selectors, "container-image:", container.getImage());
                add(selectors, "container-image:", container.getImageID());
            });
        }
    }

    private static void add(SortedSet<String> selectors, String kind, String value) {
        if (value != null) {
            selectors.add("k8s:" + kind + value);
        }
    }

    private static <T> List<T> list(List<T> list) {
        return Objects.requireNonNullElse(list, List.of());
    }
}
