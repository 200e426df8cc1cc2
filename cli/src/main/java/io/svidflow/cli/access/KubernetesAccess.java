package io.svidflow.cli.access;

import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.svidflow.cli.config.Form;
import io.svidflow.cli.config.Key;
import io.svidflow.cli.config.Section;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * How the Kubernetes API is reached.
 *
 * @param kubeconfig empty: the service account of the pod, or what kubectl would take
 * @param context of the kubeconfig; empty: its current one
 */
public record KubernetesAccess(Optional<Path> kubeconfig, Optional<String> context) {

    /** Name of the cluster, in every record. */
    public static final Key<String> CLUSTER = Key.required(
            "cluster",
            Form.TEXT,
            "prod",
            "Name of the Kubernetes cluster, part of every key in Kafka. Without a slash. The same in all processes.");

    private static final Key<Path> KUBECONFIG = Key.optional(
            "kubernetes.kubeconfig",
            Form.PATH,
            "/etc/svidflow/kubeconfig",
            "Credentials and address of the cluster. Left out: the service account of the pod, or what kubectl takes.");
    private static final Key<String> CONTEXT = Key.optional(
            "kubernetes.context", Form.TEXT, "prod-admin", "Context of the kubeconfig. Left out: its current one.");

    /** Keys that are read here. */
    public static List<Key<?>> keys() {
        return List.of(KUBECONFIG, CONTEXT);
    }

    /** Reads them. */
    public static KubernetesAccess read(Section all) {
        return new KubernetesAccess(all.find(KUBECONFIG), all.find(CONTEXT));
    }

    /** @throws IllegalArgumentException if the kubeconfig cannot be used */
    public KubernetesClient client() {
        return new KubernetesClientBuilder().withConfig(config()).build();
    }

    /**
     * Address and credentials.
     *
     * @throws IllegalArgumentException if the kubeconfig cannot be used
     */
    public Config config() {
        if (kubeconfig.isEmpty()) {
            return Config.autoConfigure(context.orElse(null));
        }
        String file = kubeconfig.get().toString();
        if (!kubeconfig.get().toFile().canRead()) {
            throw new IllegalArgumentException(
                    "kubernetes.kubeconfig: " + file + " cannot be read; give the path of a kubeconfig");
        }
        Config config = context.map(
                        name -> Config.fromKubeconfig(name, kubeconfig.get().toFile()))
                .orElseGet(() -> Config.fromKubeconfig(kubeconfig.get().toFile()));
        if (config == null || config.getMasterUrl() == null) {
            throw new IllegalArgumentException(
                    "kubernetes.kubeconfig: " + file + " names no cluster; see kubectl config view");
        }
        return config;
    }
}
