package io.svidflow.cli.doctor;

import io.svidflow.event.PodRole;
import io.svidflow.producer.layout.Layout;
import io.svidflow.producer.layout.PlacedPod;
import java.util.ArrayList;
import java.util.List;

/** How many there are of the server and of its datastore. */
final class Redundancy implements Check {

    @Override
    public String name() {
        return "redundancy";
    }

    @Override
    public List<Remark> look(Layout layout, Demands demands) {
        if (!layout.collected("pods")) {
            return List.of(notChecked("how many servers there are: pods were not collected", "record raw/pods.jsonl"));
        }
        List<Remark> remarks = new ArrayList<>();
        List<PlacedPod> servers = layout.kubernetes().pods(PodRole.SPIRE_SERVER);
        if (servers.isEmpty()) {
            remarks.add(notChecked(
                    "no SPIRE server pod is among the pods",
                    "record the server's namespace, if it runs in this cluster"));
        } else if (servers.size() == 1) {
            remarks.add(risk(
                    "SPIRE server " + servers.get(0).path() + " is the only one",
                    "while it restarts nobody attests, no entry is created and every agent begins to back off; "
                            + RecoveryWait.afterwards(demands),
                    "run at least two replicas against the same datastore, on different nodes"));
        } else {
            remarks.add(fine(servers.size() + " SPIRE servers"));
        }
        remarks.addAll(datastore(layout, demands));
        return remarks;
    }

    private List<Remark> datastore(Layout layout, Demands demands) {
        List<PlacedPod> datastores = layout.kubernetes().pods(PodRole.DATASTORE);
        if (datastores.isEmpty()) {
            return List.of();
        }
        if (datastores.size() > 1) {
            return List.of(number(
                    datastores.size() + " datastore pods",
                    "whether they are one highly available database cannot be seen from here: a replica that takes no"
                            + " writes is not one"));
        }
        return List.of(risk(
                "datastore " + datastores.get(0).path() + " is the only one",
                "the server answers no agent without it, and new pods get no entry; "
                        + RecoveryWait.afterwards(demands),
                "run it with a standby and automatic failover, or use a managed database"));
    }
}
