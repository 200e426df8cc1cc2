package io.svidflow.producer.kubernetes;

import io.fabric8.kubernetes.api.model.Affinity;
import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.OwnerReference;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodSpec;
import io.fabric8.kubernetes.api.model.PodTemplateSpec;
import io.fabric8.kubernetes.api.model.ServiceAccountTokenProjection;
import io.fabric8.kubernetes.api.model.VolumeProjection;
import io.fabric8.kubernetes.api.model.apps.DaemonSet;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.apps.StatefulSet;
import io.fabric8.kubernetes.api.model.policy.v1.PodDisruptionBudget;
import io.svidflow.producer.layout.Controller;
import io.svidflow.producer.layout.DisruptionBudget;
import io.svidflow.producer.layout.PlacedPod;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/** Turns Kubernetes objects into what a look at the deployment needs. */
public final class LayoutMapper {

    /** What the API server assumes for a projected token without a lifetime. */
    private static final Duration DEFAULT_TOKEN = Duration.ofHours(1);

    private LayoutMapper() {}

    /**
     * A pod.
     *
     * @return empty while it has no node
     */
    public static Optional<PlacedPod> pod(Pod pod) {
        String node = pod.getSpec() == null ? null : pod.getSpec().getNodeName();
        if (node == null || node.isEmpty()) {
            return Optional.empty();
        }
        OwnerReference owner = pod.getMetadata().getOwnerReferences().stream()
                .filter(it -> Boolean.TRUE.equals(it.getController()))
                .findFirst()
                .orElse(null);
        return Optional.of(new PlacedPod(
                Metadata.namespace(pod),
                Metadata.name(pod),
                node,
                PodRoles.of(pod),
                Metadata.labels(pod),
                owner == null ? null : owner.getKind(),
                owner == null ? null : owner.getName(),
                pod.getSpec().getContainers().stream()
                        .map(Container::getImage)
                        .filter(Objects::nonNull)
                        .toList()));
    }

    /** A StatefulSet. */
    public static Controller controller(StatefulSet set) {
        return controller(
                set, "StatefulSet", set.getSpec().getReplicas(), set.getSpec().getTemplate());
    }

    /** A Deployment. */
    public static Controller controller(Deployment deployment) {
        return controller(
                deployment,
                "Deployment",
                deployment.getSpec().getReplicas(),
                deployment.getSpec().getTemplate());
    }

    /** A DaemonSet. */
    public static Controller controller(DaemonSet set) {
        Integer desired = set.getStatus() == null ? null : set.getStatus().getDesiredNumberScheduled();
        return controller(set, "DaemonSet", desired, set.getSpec().getTemplate());
    }

    /** A PodDisruptionBudget. */
    public static DisruptionBudget budget(PodDisruptionBudget budget) {
        boolean selects = budget.getSpec() != null && budget.getSpec().getSelector() != null;
        Map<String, String> labels = selects ? budget.getSpec().getSelector().getMatchLabels() : null;
        return new DisruptionBudget(
                Metadata.namespace(budget), Metadata.name(budget), Objects.requireNonNullElse(labels, Map.of()));
    }

    private static Controller controller(HasMetadata object, String kind, Integer replicas, PodTemplateSpec template) {
        PodSpec spec = template == null || template.getSpec() == null ? new PodSpec() : template.getSpec();
        return new Controller(
                kind,
                Metadata.namespace(object),
                Metadata.name(object),
                PodRoles.of(spec),
                replicas == null ? 1 : replicas,
                spread(spec),
                spec.getTolerations().stream()
                        .map(toleration -> toleration.getKey() == null ? "*" : toleration.getKey())
                        .toList(),
                tokens(spec));
    }

    private static boolean spread(PodSpec spec) {
        Affinity affinity = spec.getAffinity();
        return (affinity != null && affinity.getPodAntiAffinity() != null)
                || !spec.getTopologySpreadConstraints().isEmpty();
    }

    private static List<Duration> tokens(PodSpec spec) {
        return spec.getVolumes().stream()
                .filter(volume -> volume.getProjected() != null)
                .flatMap(volume -> volume.getProjected().getSources().stream())
                .map(VolumeProjection::getServiceAccountToken)
                .filter(Objects::nonNull)
                .map(LayoutMapper::lifetime)
                .toList();
    }

    private static Duration lifetime(ServiceAccountTokenProjection token) {
        return token.getExpirationSeconds() == null ? DEFAULT_TOKEN : Duration.ofSeconds(token.getExpirationSeconds());
    }
}
