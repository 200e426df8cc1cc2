package io.svidflow.cli.doctor;

import io.svidflow.event.PodRole;
import io.svidflow.producer.layout.Controller;
import io.svidflow.producer.layout.Layout;
import io.svidflow.producer.layout.PlacedNode;
import java.util.ArrayList;
import java.util.List;

/** Whether every node that runs workloads has an agent. */
final class AgentsOnNodes implements Check {

    @Override
    public String name() {
        return "agents-on-nodes";
    }

    @Override
    public List<Remark> look(Layout layout, Demands demands) {
        if (!layout.collected("nodes") || !layout.collected("pods")) {
            return List.of(notChecked(
                    "which nodes have an agent: nodes and pods were not both collected",
                    "record raw/nodes.jsonl and raw/pods.jsonl"));
        }
        List<Remark> remarks = new ArrayList<>();
        List<String> without = layout.kubernetes().nodes().stream()
                .filter(PlacedNode::ready)
                .map(PlacedNode::name)
                .filter(node ->
                        layout.kubernetes().pods(PodRole.SPIRE_AGENT, node).isEmpty())
                .filter(node ->
                        !layout.kubernetes().pods(PodRole.WORKLOAD, node).isEmpty())
                .toList();
        remarks.add(
                without.isEmpty()
                        ? fine("every node that runs workloads has an agent pod")
                        : risk(
                                "no agent pod on " + String.join(", ", without) + ", where workloads run",
                                "pods there find no Workload API socket",
                                "see why the DaemonSet leaves them out: taints, node selector, affinity"));
        layout.kubernetes().controllers(PodRole.SPIRE_AGENT).stream()
                .filter(agents -> agents.kind().equals("DaemonSet"))
                .filter(agents -> agents.tolerations().isEmpty())
                .map(AgentsOnNodes::withoutTolerations)
                .forEach(seen -> remarks.add(
                        number(seen, "a node that is tainted later keeps its workloads and gets no new agent pod")));
        return remarks;
    }

    private static String withoutTolerations(Controller agents) {
        return agents.path() + " tolerates no taint";
    }
}
