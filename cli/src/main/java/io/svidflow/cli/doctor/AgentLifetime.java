package io.svidflow.cli.doctor;

import io.svidflow.producer.layout.AttestedAgent;
import io.svidflow.producer.layout.Layout;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/** Whether the agents' own SVIDs outlive the longest outage. */
final class AgentLifetime implements Check {

    @Override
    public String name() {
        return "agent-lifetime";
    }

    @Override
    public List<Remark> look(Layout layout, Demands demands) {
        Optional<AttestedAgent> longest = layout.spire().agents().stream()
                .filter(agent -> !agent.lifetime().isZero())
                .max(Comparator.comparing(AttestedAgent::lifetime));
        if (longest.isEmpty()) {
            return List.of(notChecked("lifetime of the agents' SVIDs: no agent was listed", "record raw/agents.jsonl"));
        }
        Duration lifetime = longest.get().lifetime();
        Duration survived = Renewal.survivedForSure(lifetime);
        String seen = "the agents' SVIDs live for " + Lengths.of(lifetime) + " (longest seen)";
        return List.of(
                survived.compareTo(demands.outage()) < 0
                        ? risk(
                                seen,
                                "an outage is survived for sure only up to " + Lengths.of(survived) + ", and "
                                        + Lengths.of(demands.outage())
                                        + " was asked for: an agent whose SVID expires has to attest again before it"
                                        + " can synchronise",
                                "raise agent_ttl in the server's configuration")
                        : fine(seen + "; outages up to " + Lengths.of(survived) + " are survived"));
    }
}
