package io.svidflow.cli.doctor;

import io.svidflow.event.PodRole;
import io.svidflow.producer.layout.Layout;
import io.svidflow.producer.layout.PlacedPod;
import java.util.ArrayList;
import java.util.List;

/** Where the datastore runs: its node's restart is an outage of everybody's identity plane. */
final class DatastorePlacement implements Check {

    @Override
    public String name() {
        return "datastore-placement";
    }

    @Override
    public List<Remark> look(Layout layout, Demands demands) {
        if (!layout.collected("pods")) {
            return List.of(notChecked("where the datastore runs: pods were not collected", "record raw/pods.jsonl"));
        }
        List<PlacedPod> datastores = layout.kubernetes().pods(PodRole.DATASTORE);
        if (datastores.isEmpty()) {
            return List.of(notChecked(
                    "no datastore pod is among the pods: it runs elsewhere, inside the server's pod, or in an image"
                            + " of an unknown name",
                    "make sure that no node of this cluster takes it down"));
        }
        List<Remark> remarks = new ArrayList<>();
        datastores.forEach(datastore -> remarks.addAll(neighbours(layout, datastore)));
        return remarks;
    }

    private List<Remark> neighbours(Layout layout, PlacedPod datastore) {
        List<Remark> remarks = new ArrayList<>();
        int workloads =
                layout.kubernetes().pods(PodRole.WORKLOAD, datastore.node()).size();
        int servers =
                layout.kubernetes().pods(PodRole.SPIRE_SERVER, datastore.node()).size();
        if (workloads > 0) {
            remarks.add(risk(
                    "datastore pod " + datastore.path() + " runs on " + datastore.node() + " beside " + workloads
                            + " workload pods",
                    "a restart of that node takes the datastore away while every pod of the node asks for a new"
                            + " identity, and the agents of all other nodes begin to back off",
                    "give the datastore nodes of its own (taint and toleration), or a database outside the cluster"));
        }
        if (servers > 0) {
            remarks.add(risk(
                    "datastore pod " + datastore.path() + " and a SPIRE server run on the same node, "
                            + datastore.node(),
                    "one restart takes both away",
                    "keep them apart by anti-affinity"));
        }
        return remarks.isEmpty()
                ? List.of(fine("datastore pod " + datastore.path() + " has node " + datastore.node()
                        + " to itself, as far as workloads and servers go"))
                : remarks;
    }
}
