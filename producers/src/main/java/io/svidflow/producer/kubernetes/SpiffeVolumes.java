package io.svidflow.producer.kubernetes;

import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.Volume;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Whether what kubelet says about mounting concerns the volume that brings the Workload API's socket into a pod. */
final class SpiffeVolumes {

    private static final String DRIVER = "csi.spiffe.io";
    private static final Pattern ONE = Pattern.compile("for volume \"([^\"]+)\"");
    private static final Pattern UNMOUNTED = Pattern.compile("unmounted volumes=\\[([^\\]]*)]");

    private SpiffeVolumes() {}

    /** The message names the driver, or a volume of the pod that the driver serves and no other volume. */
    static boolean concerns(String message, Set<String> served) {
        if (message.contains(DRIVER)) {
            return true;
        }
        Set<String> named = Stream.concat(
                        ONE.matcher(message).results().map(match -> match.group(1)),
                        UNMOUNTED
                                .matcher(message)
                                .results()
                                .flatMap(
                                        match -> Stream.of(match.group(1).trim().split("[ ,]+"))))
                .collect(Collectors.toSet());
        return !named.isEmpty() && served.containsAll(named);
    }

    /** Names of the volumes of a pod that the driver serves. */
    static Set<String> of(Pod pod) {
        List<Volume> volumes = pod.getSpec() == null
                ? List.of()
                : Objects.requireNonNullElse(pod.getSpec().getVolumes(), List.of());
        return volumes.stream()
                .filter(volume ->
                        volume.getCsi() != null && DRIVER.equals(volume.getCsi().getDriver()))
                .map(Volume::getName)
                .collect(Collectors.toSet());
    }
}
