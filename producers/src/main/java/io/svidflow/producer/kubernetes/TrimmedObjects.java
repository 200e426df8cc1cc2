package io.svidflow.producer.kubernetes;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/**
 * Cuts objects down to the fields that somebody reads, before anything is kept or written: no environment, no arguments, no
 * annotations but a few, no volumes' contents, nothing that a later version of the API may add.
 */
public final class TrimmedObjects {

    private static final List<String> METADATA = List.of(
            "metadata.name",
            "metadata.namespace",
            "metadata.uid",
            "metadata.resourceVersion",
            "metadata.generation",
            "metadata.creationTimestamp",
            "metadata.deletionTimestamp",
            "metadata.labels.*",
            "metadata.ownerReferences.*",
            // a pod that the kubelet ran before it was created
            "metadata.annotations.kubernetes.io/config.mirror");

    private static final List<String> POD_SPEC = List.of(
            "nodeName",
            "serviceAccountName",
            "containers.name",
            "containers.image",
            "initContainers.name",
            "initContainers.image",
            "ephemeralContainers.name",
            "ephemeralContainers.image",
            "volumes.name",
            "volumes.csi.driver",
            "volumes.projected.sources.serviceAccountToken.*");

    private static final List<String> PLACEMENT = List.of("affinity.*", "topologySpreadConstraints.*", "tolerations.*");

    private static final Map<KubernetesKind, FieldTree> KEPT = new EnumMap<>(Map.of(
            KubernetesKind.NAMESPACES, kept("status.phase"),
            KubernetesKind.RULES, kept("spec.*", "status.stats.*"),
            KubernetesKind.STATIC_ENTRIES, kept("spec.*", "status.*"),
            KubernetesKind.NODES,
                    kept(
                            "spec.unschedulable",
                            "spec.taints.*",
                            "status.conditions.type",
                            "status.conditions.status",
                            "status.conditions.reason",
                            "status.conditions.lastTransitionTime",
                            "status.nodeInfo.bootID",
                            "status.nodeInfo.kubeletVersion"),
            KubernetesKind.PODS, pods(),
            KubernetesKind.EVENTS,
                    kept(
                            "involvedObject.*",
                            "reason",
                            "message",
                            "type",
                            "count",
                            "source.*",
                            "firstTimestamp",
                            "lastTimestamp",
                            "eventTime",
                            "series.*"),
            KubernetesKind.DAEMON_SETS, controllers(),
            KubernetesKind.STATEFUL_SETS, controllers(),
            KubernetesKind.DEPLOYMENTS, controllers(),
            KubernetesKind.DISRUPTION_BUDGETS, kept("spec.*", "status.disruptionsAllowed")));

    private TrimmedObjects() {}

    /**
     * Removes from an object what nobody reads.
     *
     * @param object as the API served it; its items of lists lack {@code kind} and {@code apiVersion}, which are added
     * @return the same object
     */
    public static ObjectNode trim(KubernetesKind kind, ObjectNode object) {
        KEPT.get(kind).trim(object);
        object.put("apiVersion", kind.apiVersion());
        object.put("kind", kind.objectKind());
        return object;
    }

    private static FieldTree kept(String... paths) {
        return new FieldTree().with("", METADATA).with("", List.of(paths));
    }

    private static FieldTree pods() {
        FieldTree fields = kept("status.phase", "status.reason")
                .with("spec.", POD_SPEC)
                .with("status.conditions.", List.of("type", "status", "lastTransitionTime"));
        for (String containers : List.of("containerStatuses", "initContainerStatuses", "ephemeralContainerStatuses")) {
            fields.with("status." + containers + ".", List.of("name", "image", "imageID", "restartCount", "ready"));
            for (String state : List.of("state", "lastState")) {
                fields.with(
                        "status." + containers + "." + state + ".",
                        List.of(
                                "running.startedAt",
                                "waiting.reason",
                                "terminated.reason",
                                "terminated.exitCode",
                                "terminated.startedAt",
                                "terminated.finishedAt"));
            }
        }
        return fields;
    }

    private static FieldTree controllers() {
        return kept(
                        "spec.replicas",
                        "spec.selector.*",
                        "spec.template.metadata.labels.*",
                        "status.replicas",
                        "status.readyReplicas",
                        "status.desiredNumberScheduled",
                        "status.numberReady")
                .with("spec.template.spec.", POD_SPEC)
                .with("spec.template.spec.", PLACEMENT);
    }
}
