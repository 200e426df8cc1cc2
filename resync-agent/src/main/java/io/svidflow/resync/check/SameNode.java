package io.svidflow.resync.check;

import io.svidflow.event.RemediationCommand;
import io.svidflow.event.RemediationOutcome;
import io.svidflow.resync.scene.Scene;
import io.svidflow.resync.scene.SeenNode;
import java.util.Objects;
import java.util.Optional;

/** The node is the one of the decision, in the same boot. */
final class SameNode implements Check {

    @Override
    public String guard() {
        return "G9 same-node";
    }

    @Override
    public Optional<Refusal> ask(RemediationCommand command, Scene scene) {
        SeenNode node = scene.place().node().orElse(null);
        if (node == null) {
            return gone("node " + command.getNode() + " is not there any more");
        }
        if (command.getNodeUid() != null && !command.getNodeUid().equals(node.uid())) {
            return gone("another node has taken the name " + node.name() + ": its UID is " + node.uid() + ", not "
                    + command.getNodeUid());
        }
        if (command.getBootId() == null) {
            return Refusal.of(
                    RemediationOutcome.REFUSED, guard(), "the command does not say which boot of the node it is for");
        }
        return Objects.equals(command.getBootId(), node.bootId())
                ? Optional.empty()
                : gone("node " + node.name() + " has booted since: it is in boot " + node.bootId() + ", not "
                        + command.getBootId());
    }

    private Optional<Refusal> gone(String because) {
        return Refusal.of(RemediationOutcome.TARGET_GONE, guard(), because);
    }
}
