package io.svidflow.cli.doctor;

import io.svidflow.event.PodRole;
import io.svidflow.producer.layout.Layout;
import io.svidflow.producer.layout.PlacedPod;
import java.util.List;

/** The controller manager lives in the server's pod: whoever deletes one deletes both. */
final class SharedFate implements Check {

    private static final String REGISTRAR = "spire-controller-manager";

    @Override
    public String name() {
        return "shared-fate";
    }

    @Override
    public List<Remark> look(Layout layout, Demands demands) {
        return layout.kubernetes().pods(PodRole.SPIRE_SERVER).stream()
                .filter(SharedFate::holdsRegistrar)
                .map(pod -> number(
                        REGISTRAR + " is a container of " + pod.path(),
                        "a server that stops stops it too, and kubelet's crash back-off brings it back up to a minute"
                                + " later: new pods wait for the server, then for their entries, then for their"
                                + " agents. Restart its container, never the pod"))
                .toList();
    }

    private static boolean holdsRegistrar(PlacedPod pod) {
        return pod.images().stream().anyMatch(image -> image.contains(REGISTRAR));
    }
}
