package io.svidflow.producer.kubernetes;

import io.fabric8.kubernetes.api.model.OwnerReference;
import io.fabric8.kubernetes.api.model.Pod;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Whose pod it is, as an operator would say: the Deployment and not one of its ReplicaSets, so that pods of its old and of
 * its new template have one owner.
 *
 * @param kind kind of the owner, null if the pod has none
 * @param name name of the owner, null if the pod has none
 * @param template which version of the owner's template made the pod, null if no label says so
 */
record PodOwner(String kind, String name, String template) {

    private static final String REPLICA_SET = "ReplicaSet";
    /** Argo Rollouts does what Deployments do, under names of its own. */
    private static final String ROLLOUT_HASH = "rollouts-pod-template-hash";

    private static final String DEPLOYMENT_HASH = "pod-template-hash";
    /** StatefulSets and DaemonSets. */
    private static final String REVISION_HASH = "controller-revision-hash";

    static PodOwner of(Pod pod) {
        Map<String, String> labels = Metadata.labels(pod);
        String template = Stream.of(ROLLOUT_HASH, DEPLOYMENT_HASH, REVISION_HASH)
                .map(labels::get)
                .filter(hash -> hash != null && !hash.isEmpty())
                .findFirst()
                .orElse(null);
        return controller(pod)
                .map(owner -> of(owner, labels, template))
                .orElseGet(() -> new PodOwner(null, null, template));
    }

    private static PodOwner of(OwnerReference owner, Map<String, String> labels, String template) {
        String suffix = "-" + template;
        boolean versioned = REPLICA_SET.equals(owner.getKind())
                && template != null
                && owner.getName().endsWith(suffix)
                && owner.getName().length() > suffix.length();
        return versioned
                ? new PodOwner(
                        labels.containsKey(ROLLOUT_HASH) ? "Rollout" : "Deployment",
                        owner.getName().substring(0, owner.getName().length() - suffix.length()),
                        template)
                : new PodOwner(owner.getKind(), owner.getName(), template);
    }

    private static Optional<OwnerReference> controller(Pod pod) {
        List<OwnerReference> owners =
                Objects.requireNonNullElse(pod.getMetadata().getOwnerReferences(), List.of());
        return owners.stream()
                .filter(owner -> Boolean.TRUE.equals(owner.getController()))
                .findFirst();
    }
}
