package io.svidflow.resync.check;

import io.svidflow.event.RemediationCommand;
import io.svidflow.event.RemediationOutcome;
import io.svidflow.event.RemediationTarget;
import io.svidflow.resync.scene.Scene;
import io.svidflow.resync.scene.SeenPod;
import java.util.Optional;

/** The pod that waits and the pod that is acted on are those of the decision, on that node, and nobody deletes them. */
final class SamePods implements Check {

    @Override
    public String guard() {
        return "G9 same-pods";
    }

    @Override
    public Optional<Refusal> ask(RemediationCommand command, Scene scene) {
        RemediationTarget target = command.getTarget();
        if (target == null || !target.getKind().equals("Pod") || target.getNamespace() == null) {
            return Refusal.of(RemediationOutcome.REFUSED, guard(), "the command names no pod to act on");
        }
        if (command.getPodUid() == null) {
            return Refusal.of(RemediationOutcome.REFUSED, guard(), "the command names no pod that waits");
        }
        String waiting = command.getNamespace() + "/" + command.getPod();
        return other(scene.place().waiting(), waiting, command.getPodUid(), command.getNode())
                .or(() -> other(
                        scene.place().target(),
                        target.getNamespace() + "/" + target.getName(),
                        target.getUid(),
                        command.getNode()))
                .flatMap(because -> Refusal.of(RemediationOutcome.TARGET_GONE, guard(), because));
    }

    private static Optional<String> other(Optional<SeenPod> seen, String name, String uid, String node) {
        if (seen.isEmpty()) {
            return Optional.of("pod " + name + " is not there any more");
        }
        SeenPod pod = seen.get();
        if (!pod.uid().equals(uid)) {
            return Optional.of("another pod has taken the name " + name + ": its UID is " + pod.uid() + ", not " + uid);
        }
        if (pod.terminating()) {
            return Optional.of("pod " + name + " is being deleted already");
        }
        return node.equals(pod.node())
                ? Optional.empty()
                : Optional.of("pod " + name + " is on node " + pod.node() + ", not on " + node);
    }
}
