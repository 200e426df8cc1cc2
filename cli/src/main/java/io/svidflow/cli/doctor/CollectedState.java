package io.svidflow.cli.doctor;

import io.svidflow.producer.layout.Layout;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Whether the states that decide a diagnosis are collected all the time. */
final class CollectedState implements Check {

    private static final Map<String, String> DECIDES = decides();

    private static Map<String, String> decides() {
        Map<String, String> decides = new LinkedHashMap<>();
        decides.put("entries", "whether and when a pod's entry was created: the registrar's fault, or the agent's");
        decides.put("agents", "whether an agent is attested, banned or evicted");
        decides.put("nodes", "whether a node restarted");
        decides.put("pods", "when a container started, and which pod suffers");
        decides.put("clusterspiffeids", "whether a pod should have an identity at all");
        decides.put("agent-debug", "when an agent last synchronised, where the audit log is off");
        return decides;
    }

    @Override
    public String name() {
        return "collected-state";
    }

    @Override
    public List<Remark> look(Layout layout, Demands demands) {
        List<Remark> remarks = new ArrayList<>();
        DECIDES.forEach((objects, decides) -> {
            if (!layout.collected(objects)) {
                remarks.add(blind(
                        "raw/" + objects + ".jsonl was not collected",
                        "it decides " + decides,
                        "collect it all the time, not only after an incident"));
            }
        });
        return remarks.isEmpty()
                ? List.of(fine("entries, agents, nodes, pods and rules are collected: "
                        + layout.spire().parents().stream()
                                .mapToInt(parent -> parent.entries())
                                .sum()
                        + " entries, " + layout.spire().agents().size() + " agents at the end"))
                : remarks;
    }
}
