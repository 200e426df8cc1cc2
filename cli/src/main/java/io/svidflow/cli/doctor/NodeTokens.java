package io.svidflow.cli.doctor;

import io.svidflow.event.PodRole;
import io.svidflow.producer.layout.Controller;
import io.svidflow.producer.layout.Layout;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** The tokens by which agents attest (k8s_psat). */
final class NodeTokens implements Check {

    @Override
    public String name() {
        return "node-tokens";
    }

    @Override
    public List<Remark> look(Layout layout, Demands demands) {
        List<Controller> agents = layout.kubernetes().controllers(PodRole.SPIRE_AGENT);
        if (agents.isEmpty()) {
            return List.of(
                    notChecked("lifetime of the agents' tokens: no agent DaemonSet", "record raw/daemonsets.jsonl"));
        }
        List<Remark> remarks = new ArrayList<>();
        for (Controller controller : agents) {
            if (controller.tokens().isEmpty()) {
                remarks.add(number(
                        controller.path() + " has no projected service account token",
                        "its agents attest by other means than k8s_psat, or not at all"));
            }
            controller.tokens().forEach(token -> remarks.add(of(controller, token, demands)));
        }
        return remarks;
    }

    private Remark of(Controller controller, Duration token, Demands demands) {
        String seen = controller.path() + " projects a token that lives for " + Lengths.of(token);
        // kubelet renews a token after 80 % of its lifetime
        Duration left = token.dividedBy(5);
        return left.compareTo(demands.outage()) < 0
                ? number(
                        seen,
                        "kubelet renews it when a fifth is left: an API server that is away for more than "
                                + Lengths.of(left) + " leaves an agent that restarts without a valid token")
                : fine(seen);
    }
}
