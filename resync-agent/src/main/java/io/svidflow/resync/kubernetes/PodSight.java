package io.svidflow.resync.kubernetes;

import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.ObjectMeta;
import io.fabric8.kubernetes.api.model.OwnerReference;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodSpec;
import io.fabric8.kubernetes.client.utils.Serialization;
import io.svidflow.producer.kubernetes.PodRoles;
import io.svidflow.resync.scene.Mark;
import io.svidflow.resync.scene.SeenPod;
import java.util.List;

/** Makes of a Pod object what an actor needs to know of it. */
final class PodSight {

    private static final String STATIC = "kubernetes.io/config.mirror";
    private static final List<String> CRITICAL = List.of("system-node-critical", "system-cluster-critical");

    private PodSight() {}

    static SeenPod of(Pod pod) {
        ObjectMeta meta = pod.getMetadata();
        PodSpec spec = pod.getSpec() == null ? new PodSpec() : pod.getSpec();
        boolean terminating = meta.getDeletionTimestamp() != null;
        return new SeenPod(
                meta.getNamespace(),
                meta.getName(),
                meta.getUid(),
                spec.getNodeName(),
                PodRoles.of(pod),
                container(spec),
                owner(meta),
                !terminating && ready(pod),
                terminating,
                Mark.on(meta.getLabels(), meta.getAnnotations()),
                critical(meta, spec),
                pod.getStatus() == null ? "{}" : Serialization.asJson(pod.getStatus()));
    }

    private static String container(PodSpec spec) {
        return PodRoles.container(spec).map(Container::getName).orElse(null);
    }

    private static String owner(ObjectMeta meta) {
        return meta.getOwnerReferences().stream()
                .filter(owner -> Boolean.TRUE.equals(owner.getController()))
                .findFirst()
                .map(PodSight::name)
                .orElse(null);
    }

    private static String name(OwnerReference owner) {
        return owner.getKind() + "/" + owner.getName();
    }

    private static boolean ready(Pod pod) {
        return pod.getStatus() != null
                && pod.getStatus().getConditions().stream()
                        .anyMatch(condition -> condition.getType().equals("Ready")
                                && condition.getStatus().equals("True"));
    }

    private static boolean critical(ObjectMeta meta, PodSpec spec) {
        boolean mirrored =
                meta.getAnnotations() != null && meta.getAnnotations().containsKey(STATIC);
        return mirrored || CRITICAL.contains(String.valueOf(spec.getPriorityClassName()));
    }
}
