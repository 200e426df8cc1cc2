package io.svidflow.cli.doctor;

import io.svidflow.producer.coverage.SourceKind;
import io.svidflow.producer.layout.Layout;
import io.svidflow.producer.layout.LogSigns;
import java.util.List;

/** Whether one can tell whose request the agent refused. */
final class NamedRefusals implements Check {

    @Override
    public String name() {
        return "named-refusals";
    }

    @Override
    public List<Remark> look(Layout layout, Demands demands) {
        List<LogSigns> agents = layout.logs(SourceKind.AGENT_LOG);
        long refusals = agents.stream().mapToLong(LogSigns::refusals).sum();
        long named = agents.stream().mapToLong(LogSigns::namedRefusals).sum();
        boolean debug = agents.stream().anyMatch(log -> log.debugLines() > 0);
        if (agents.stream().mapToLong(LogSigns::lines).sum() == 0) {
            return List.of(notChecked(
                    "whether refusals name their pod: no line of an agent's log was collected",
                    "record raw/logs/agent/NODE.log"));
        }
        if (debug || (refusals > 0 && named == refusals)) {
            return List.of(fine("of " + refusals + " refused requests " + named + " can be tied to their pods"));
        }
        return List.of(blind(
                "agents log at info: of " + refusals + " refused requests " + named + " can be tied to their pods",
                "\"No identity issued\" names a process id, and nothing else names the pod: a refusal is known for a"
                        + " node only",
                "from 1.15.2 on set log_selectors = [\"k8s:pod-uid\"] in the agent's configuration; before, log at"
                        + " debug"));
    }
}
