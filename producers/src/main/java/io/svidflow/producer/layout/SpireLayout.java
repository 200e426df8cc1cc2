package io.svidflow.producer.layout;

import java.util.List;

/**
 * Agents and registration entries as the server listed them last.
 *
 * @param agents attested agents
 * @param parents what each parent has to hold
 */
public record SpireLayout(List<AttestedAgent> agents, List<ParentLoad> parents) {

    public SpireLayout {
        agents = List.copyOf(agents);
        parents = List.copyOf(parents);
    }
}
