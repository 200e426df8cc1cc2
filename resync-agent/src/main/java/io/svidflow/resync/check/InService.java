package io.svidflow.resync.check;

import io.svidflow.event.RemediationCommand;
import io.svidflow.event.RemediationOutcome;
import io.svidflow.resync.scene.Scene;
import io.svidflow.resync.scene.SeenNode;
import io.svidflow.resync.scene.SeenRollout;
import java.util.Map;
import java.util.Optional;

/** Nobody is at work: the node is Ready and not cordoned, and no rollout of the agents is under way. */
final class InService implements Check {

    @Override
    public String guard() {
        return "G20 in-service";
    }

    @Override
    public Optional<Refusal> ask(RemediationCommand command, Scene scene) {
        SeenNode node = scene.place().node().orElse(null);
        if (node == null || !node.ready()) {
            return refused("node " + command.getNode() + " is not Ready");
        }
        if (node.cordoned()) {
            return refused("node " + node.name() + " is cordoned: somebody is at work on it");
        }
        SeenRollout rollout = scene.place().rollout().orElse(null);
        return rollout != null && rollout.underWay()
                ? Refusal.of(
                        RemediationOutcome.REFUSED,
                        guard(),
                        "DaemonSet " + rollout.name() + " is being rolled out",
                        Map.of(
                                "wanted", String.valueOf(rollout.wanted()),
                                "updated", String.valueOf(rollout.updated())))
                : Optional.empty();
    }

    private Optional<Refusal> refused(String because) {
        return Refusal.of(RemediationOutcome.REFUSED, guard(), because);
    }
}
