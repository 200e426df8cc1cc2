package io.svidflow.producer.kubernetes;

import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodSpec;
import io.svidflow.event.PodRole;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/** Tells what a pod is to the identity chain, by the names and images of its containers. */
public final class PodRoles {

    private static final Pattern DATASTORE =
            Pattern.compile("postgres|postgis|mysql|mariadb|cockroach|percona|patroni|spilo|pgbouncer|pgpool");

    private static final List<String> SPIRE = List.of("spire-agent", "spire-server");

    private PodRoles() {}

    /** SPIRE's own components come first: a server pod may hold its datastore as a side-car. */
    public static PodRole of(Pod pod) {
        return of(pod.getSpec() == null ? new PodSpec() : pod.getSpec());
    }

    /** The same, for pods that a template describes. */
    static PodRole of(PodSpec spec) {
        List<Container> containers = spec.getContainers() == null ? List.of() : spec.getContainers();
        if (containers.stream().anyMatch(container -> isCalled(container, "spire-agent"))) {
            return PodRole.SPIRE_AGENT;
        }
        if (containers.stream().anyMatch(container -> isCalled(container, "spire-server"))) {
            return PodRole.SPIRE_SERVER;
        }
        if (containers.stream().anyMatch(container -> isCalled(container, "spiffe-csi-driver"))) {
            return PodRole.SPIFFE_CSI_DRIVER;
        }
        return containers.stream().anyMatch(PodRoles::isDatastore) ? PodRole.DATASTORE : PodRole.WORKLOAD;
    }

    /** The container that makes a pod what it is, e.g. the agent itself and not its side-car; otherwise the first. */
    public static Optional<Container> container(PodSpec spec) {
        List<Container> containers = spec.getContainers() == null ? List.of() : spec.getContainers();
        return containers.stream()
                .filter(container -> SPIRE.stream().anyMatch(name -> isCalled(container, name)))
                .findFirst()
                .or(() -> containers.stream().findFirst());
    }

    private static boolean isCalled(Container container, String name) {
        return name.equals(container.getName()) || imageName(container).contains(name);
    }

    private static boolean isDatastore(Container container) {
        return DATASTORE.matcher(imageName(container)).find();
    }

    /** The last part of the image path: a registry may be called anything. */
    private static String imageName(Container container) {
        String image = container.getImage() == null ? "" : container.getImage().toLowerCase(Locale.ROOT);
        return image.substring(image.lastIndexOf('/') + 1);
    }
}
