package io.svidflow.producer.kubernetes;

/**
 * The kinds of Kubernetes objects that are looked at; in the order in which they are listed at a start and in which
 * observations of equal time are taken: what selects pods comes before the pods.
 */
public enum KubernetesKind {
    /** Labels of namespaces, by which rules select. */
    NAMESPACES("", "v1", "namespaces", "Namespace", false, Use.JUDGING),
    /** ClusterSPIFFEIDs; absent where spire-controller-manager is not installed. */
    RULES("spire.spiffe.io", "v1alpha1", "clusterspiffeids", "ClusterSPIFFEID", false, Use.JUDGING),
    /** Nodes: boot and readiness. */
    NODES("", "v1", "nodes", "Node", false, Use.JUDGING),
    /** Pods. */
    PODS("", "v1", "pods", "Pod", true, Use.JUDGING),
    /** Kubernetes events: why a pod does not start. */
    EVENTS("", "v1", "events", "Event", true, Use.SUPPORTING),
    /** ClusterStaticEntries; absent where spire-controller-manager is not installed. */
    STATIC_ENTRIES("spire.spiffe.io", "v1alpha1", "clusterstaticentries", "ClusterStaticEntry", false, Use.LAYOUT),
    /** DaemonSets of SPIRE. */
    DAEMON_SETS("apps", "v1", "daemonsets", "DaemonSet", true, Use.LAYOUT),
    /** StatefulSets of SPIRE and of datastores. */
    STATEFUL_SETS("apps", "v1", "statefulsets", "StatefulSet", true, Use.LAYOUT),
    /** Deployments of SPIRE and of datastores. */
    DEPLOYMENTS("apps", "v1", "deployments", "Deployment", true, Use.LAYOUT),
    /** PodDisruptionBudgets. */
    DISRUPTION_BUDGETS("policy", "v1", "poddisruptionbudgets", "PodDisruptionBudget", true, Use.LAYOUT);

    /** What the objects of a kind are good for. */
    public enum Use {
        /** Pods are judged by them: without them a verdict would be a guess. */
        JUDGING,
        /** They become facts that support a verdict; none rests on their absence. */
        SUPPORTING,
        /** They say how the deployment is laid out: no fact, but part of an incident bundle. */
        LAYOUT
    }

    private final String group;
    private final String version;
    private final String plural;
    private final String objectKind;
    private final boolean namespaced;
    private final Use use;

    KubernetesKind(String group, String version, String plural, String objectKind, boolean namespaced, Use use) {
        this.group = group;
        this.version = version;
        this.plural = plural;
        this.objectKind = objectKind;
        this.namespaced = namespaced;
        this.use = use;
    }

    /** API group; empty for the core group. */
    public String group() {
        return group;
    }

    /** Name of the resource in the API, and of its file in a bundle, e.g. {@code pods}. */
    public String plural() {
        return plural;
    }

    /** {@code apiVersion} of the objects. */
    public String apiVersion() {
        return group.isEmpty() ? version : group + "/" + version;
    }

    /** {@code kind} of the objects, e.g. {@code Pod}. */
    public String objectKind() {
        return objectKind;
    }

    /** Whether the objects live in namespaces. */
    public boolean namespaced() {
        return namespaced;
    }

    /** What the objects are good for. */
    public Use use() {
        return use;
    }

    /** Whether it is no error if the cluster does not know the kind. */
    public boolean mayBeAbsent() {
        return group.equals("spire.spiffe.io");
    }

    /** What failed when these objects could not be observed, as facts name it. */
    public String operation() {
        return "Watch " + plural;
    }
}
