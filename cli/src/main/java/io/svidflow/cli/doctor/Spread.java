package io.svidflow.cli.doctor;

import io.svidflow.event.PodRole;
import io.svidflow.producer.layout.Controller;
import io.svidflow.producer.layout.Layout;
import java.util.ArrayList;
import java.util.List;

/** Whether replicas of the server and the datastore are kept on different nodes. */
final class Spread implements Check {

    @Override
    public String name() {
        return "spread";
    }

    @Override
    public List<Remark> look(Layout layout, Demands demands) {
        if (!layout.collected("statefulsets") && !layout.collected("deployments")) {
            return List.of(notChecked(
                    "whether replicas avoid each other's nodes: StatefulSets and Deployments were not collected",
                    "record raw/statefulsets.jsonl and raw/deployments.jsonl"));
        }
        List<Remark> remarks = new ArrayList<>();
        for (PodRole role : List.of(PodRole.SPIRE_SERVER, PodRole.DATASTORE)) {
            layout.kubernetes().controllers(role).forEach(controller -> remarks.add(of(controller)));
        }
        return remarks;
    }

    private Remark of(Controller controller) {
        if (controller.spread()) {
            return fine(controller.path() + " spreads its pods over nodes");
        }
        return controller.replicas() > 1
                ? risk(
                        controller.path() + " has " + controller.replicas()
                                + " replicas, no pod anti-affinity and no topology spread constraint",
                        "the scheduler may put them all on one node, and its restart takes them all away",
                        "require anti-affinity on kubernetes.io/hostname")
                : number(
                        controller.path() + " has one replica and no pod anti-affinity",
                        "more replicas will not help before they are kept apart");
    }
}
