package io.svidflow.producer.bundle;

import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.apps.DaemonSet;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.apps.StatefulSet;
import io.fabric8.kubernetes.api.model.policy.v1.PodDisruptionBudget;
import io.svidflow.producer.kubernetes.LayoutMapper;
import io.svidflow.producer.layout.Controller;
import io.svidflow.producer.layout.KubernetesLayout;
import io.svidflow.producer.layout.Layout;
import io.svidflow.producer.layout.LogSigns;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Reads from an incident bundle how the deployment is laid out: the last state of its objects, and signs in its logs. */
public final class LayoutReader {

    private final BundleLimits limits;

    /** A reader with the default limits. */
    public LayoutReader() {
        this(BundleLimits.DEFAULT);
    }

    /** @param limits how much a bundle may hold */
    public LayoutReader(BundleLimits limits) {
        this.limits = limits;
    }

    /**
     * Reads a bundle.
     *
     * @param bundle folder or archive with incident.yaml
     * @throws BundleProblem if it cannot be read; the message names the file, what is wrong and the remedy
     */
    public Layout read(Path bundle) {
        try (OpenedBundle opened = OpenedBundle.open(bundle, limits)) {
            BundleFiles files = opened.files();
            IncidentManifest manifest = files.text(ManifestReader.FILE)
                    .map(ManifestReader::read)
                    .orElseThrow(() -> BundleProblem.in(
                            bundle, "holds no incident.yaml", "name the folder or archive of an incident bundle"));
            List<String> skipped = new ArrayList<>();
            ObservedObjects objects = new ObservedObjects(files, limits, skipped);
            return new Layout(
                    manifest,
                    files.files().keySet(),
                    kubernetes(objects),
                    new SpireObjects(objects).read(),
                    logs(files, manifest, skipped),
                    skipped);
        }
    }

    private static KubernetesLayout kubernetes(ObservedObjects objects) {
        List<Controller> controllers = new ArrayList<>();
        controllers.addAll(objects.last("statefulsets", StatefulSet.class, LayoutMapper::controller));
        controllers.addAll(objects.last("deployments", Deployment.class, LayoutMapper::controller));
        controllers.addAll(objects.last("daemonsets", DaemonSet.class, LayoutMapper::controller));
        return new KubernetesLayout(
                new NodeHistory(objects).read(),
                objects.last("pods", Pod.class, LayoutMapper::pod).stream()
                        .flatMap(Optional::stream)
                        .toList(),
                controllers,
                objects.last("poddisruptionbudgets", PodDisruptionBudget.class, LayoutMapper::budget));
    }

    private List<LogSigns> logs(BundleFiles files, IncidentManifest manifest, List<String> skipped) {
        return files.logs().stream()
                .map(log -> new LogSignsReader(files, limits, manifest.start(), skipped).read(log))
                .toList();
    }
}
