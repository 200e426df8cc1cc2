package io.svidflow.cli.doctor;

import io.svidflow.event.PodRole;
import io.svidflow.producer.layout.DisruptionBudget;
import io.svidflow.producer.layout.Layout;
import io.svidflow.producer.layout.PlacedPod;
import java.util.ArrayList;
import java.util.List;

/** Whether a drain waits for the server and the datastore. */
final class DisruptionBudgets implements Check {

    @Override
    public String name() {
        return "disruption-budgets";
    }

    @Override
    public List<Remark> look(Layout layout, Demands demands) {
        if (!layout.collected("poddisruptionbudgets")) {
            return List.of(notChecked(
                    "PodDisruptionBudgets were not collected",
                    "record raw/poddisruptionbudgets.jsonl, or look: kubectl get poddisruptionbudgets -A"));
        }
        List<Remark> remarks = new ArrayList<>();
        for (PodRole role : List.of(PodRole.SPIRE_SERVER, PodRole.DATASTORE)) {
            layout.kubernetes().pods(role).forEach(pod -> remarks.add(of(layout, pod)));
        }
        return remarks;
    }

    private Remark of(Layout layout, PlacedPod pod) {
        return layout.kubernetes().budgets().stream()
                .filter(budget -> budget.covers(pod))
                .map(DisruptionBudget::name)
                .findFirst()
                .map(budget -> fine(pod.path() + " is covered by PodDisruptionBudget " + budget))
                .orElseGet(() -> risk(
                        "no PodDisruptionBudget covers " + pod.path(),
                        "a drain evicts it without waiting for a replacement",
                        "add a budget with minAvailable: 1 once there is more than one replica"));
    }
}
