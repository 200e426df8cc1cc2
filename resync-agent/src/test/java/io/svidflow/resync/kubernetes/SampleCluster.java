package io.svidflow.resync.kubernetes;

import io.fabric8.kubernetes.api.model.Namespace;
import io.fabric8.kubernetes.api.model.NamespaceBuilder;
import io.fabric8.kubernetes.api.model.Node;
import io.fabric8.kubernetes.api.model.NodeBuilder;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodBuilder;
import io.fabric8.kubernetes.api.model.apps.DaemonSet;
import io.fabric8.kubernetes.api.model.apps.DaemonSetBuilder;
import io.fabric8.kubernetes.api.model.policy.v1.PodDisruptionBudget;
import io.fabric8.kubernetes.api.model.policy.v1.PodDisruptionBudgetBuilder;
import java.util.Map;

/** Three nodes, each with a SPIRE agent; the pod shop/cart waits on node-1. */
public final class SampleCluster {

    private SampleCluster() {}

    public static SmallKubernetes fill(SmallKubernetes kubernetes) {
        for (int i = 1; i <= 3; i++) {
            kubernetes.with(node("node-" + i)).with(agent("node-" + i));
        }
        return kubernetes
                .with(namespace("shop"))
                .with(namespace("spire"))
                .with(agents(3))
                .with(cart());
    }

    public static Node node(String name) {
        return new NodeBuilder()
                .withNewMetadata()
                .withName(name)
                .withUid("uid-of-" + name)
                .endMetadata()
                .withNewStatus()
                .withNewNodeInfo()
                .withBootID("boot-1")
                .endNodeInfo()
                .addNewCondition()
                .withType("Ready")
                .withStatus("True")
                .endCondition()
                .endStatus()
                .build();
    }

    public static Namespace namespace(String name) {
        return new NamespaceBuilder()
                .withNewMetadata()
                .withName(name)
                .endMetadata()
                .build();
    }

    public static Pod agent(String node) {
        return pod("spire", "spire-agent-" + node, "agent-on-" + node, node, "spire-agent", "DaemonSet", "spire-agent");
    }

    public static Pod cart() {
        return pod("shop", "cart", "uid-1", "node-1", "cart", "ReplicaSet", "cart-5f7");
    }

    public static Pod pod(
            String namespace, String name, String uid, String node, String container, String ownerKind, String owner) {
        return new PodBuilder()
                .withNewMetadata()
                .withNamespace(namespace)
                .withName(name)
                .withUid(uid)
                .withLabels(Map.of("app", container))
                .addNewOwnerReference()
                .withApiVersion("apps/v1")
                .withKind(ownerKind)
                .withName(owner)
                .withUid("uid-of-" + owner)
                .withController(true)
                .endOwnerReference()
                .endMetadata()
                .withNewSpec()
                .withNodeName(node)
                .addNewContainer()
                .withName(container)
                .withImage("example.org/" + container + ":1")
                .endContainer()
                .endSpec()
                .withNewStatus()
                .withPhase("Running")
                .addNewCondition()
                .withType("Ready")
                .withStatus("True")
                .endCondition()
                .endStatus()
                .build();
    }

    public static DaemonSet agents(int updated) {
        return new DaemonSetBuilder()
                .withNewMetadata()
                .withNamespace("spire")
                .withName("spire-agent")
                .withGeneration(2L)
                .endMetadata()
                .withNewStatus()
                .withDesiredNumberScheduled(3)
                .withUpdatedNumberScheduled(updated)
                .withObservedGeneration(2L)
                .endStatus()
                .build();
    }

    public static PodDisruptionBudget budget(String namespace, String app, int allowed) {
        return new PodDisruptionBudgetBuilder()
                .withNewMetadata()
                .withNamespace(namespace)
                .withName("of-" + app)
                .endMetadata()
                .withNewSpec()
                .withNewSelector()
                .withMatchLabels(Map.of("app", app))
                .endSelector()
                .endSpec()
                .withNewStatus()
                .withDisruptionsAllowed(allowed)
                .endStatus()
                .build();
    }
}
