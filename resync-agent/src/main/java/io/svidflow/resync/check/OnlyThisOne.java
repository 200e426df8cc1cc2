package io.svidflow.resync.check;

import io.svidflow.event.RemediationCommand;
import io.svidflow.event.RemediationOutcome;
import io.svidflow.resync.scene.Place;
import io.svidflow.resync.scene.Scene;
import java.util.Map;
import java.util.Optional;

/** "Is it me or everybody?" Where more than a third of the nodes or agents are not Ready, the fault is not this one's. */
final class OnlyThisOne implements Check {

    private static final int ONE_IN = 3;

    @Override
    public String guard() {
        return "G18 only-this-one";
    }

    @Override
    public Optional<Refusal> ask(RemediationCommand command, Scene scene) {
        Place place = scene.place();
        long otherAgents = place.agents().stream()
                .filter(agent -> !command.getNode().equals(agent.node()))
                .count();
        long ill = place.agents().stream()
                .filter(agent -> !command.getNode().equals(agent.node()))
                .filter(agent -> !agent.ready())
                .count();
        return many("nodes", place.nodes() - place.nodesReady(), place.nodes())
                .or(() -> many("other SPIRE agents", (int) ill, (int) otherAgents));
    }

    private Optional<Refusal> many(String what, int notReady, int all) {
        return notReady * ONE_IN > all
                ? Refusal.of(
                        RemediationOutcome.VETOED,
                        guard(),
                        notReady + " of " + all + " " + what + " are not Ready: the fault is not this one's",
                        Map.of("notReady", String.valueOf(notReady), "all", String.valueOf(all)))
                : Optional.empty();
    }
}
