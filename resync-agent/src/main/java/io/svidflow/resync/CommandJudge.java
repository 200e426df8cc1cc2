package io.svidflow.resync;

import io.svidflow.event.RemediationOutcome;
import java.time.Instant;
import java.util.Optional;

/**
 * Decides what becomes of a command: it is refused when it is stale, and when its target is not what it was when the
 * command was decided. A precondition that cannot be proven counts as broken. Pure.
 */
final class CommandJudge {

    private CommandJudge() {}

    /**
     * @param view what is known of the command's node
     * @param now how far the view has come
     */
    static Judgment judge(Command command, NodeView view, Instant now) {
        if (!command.known()) {
            return new Judgment(
                    RemediationOutcome.UNKNOWN,
                    "the action of command " + command.id() + " is of a newer release: upgrade the resync agent");
        }
        if (now.isAfter(command.expiresAt())) {
            return new Judgment(
                    RemediationOutcome.EXPIRED,
                    "the command was good until " + command.expiresAt() + ", and Kubernetes is known up to " + now);
        }
        if (!command.harmless()) {
            return new Judgment(
                    RemediationOutcome.REFUSED,
                    command.action() + " would change the cluster, which this resync agent cannot do");
        }
        return missingPod(command, view)
                .or(() -> otherBoot(command, view))
                .or(() -> otherAgent(command, view))
                .map(why -> new Judgment(RemediationOutcome.TARGET_GONE, why))
                .orElseGet(() -> new Judgment(RemediationOutcome.OBSERVED, observed(command)));
    }

    private static Optional<String> missingPod(Command command, NodeView view) {
        if (command.podUid() == null || view.hasPod(command.podUid())) {
            return Optional.empty();
        }
        String because = view.podNamed(command.namespace(), command.pod())
                .map(other -> "another pod has taken its name, with UID " + other.uid())
                .orElse("no pod of that name is there");
        return Optional.of(podOf(command) + " is not on node " + command.node() + " any more: " + because);
    }

    private static Optional<String> otherBoot(Command command, NodeView view) {
        if (command.bootId() == null) {
            return Optional.empty();
        }
        Optional<String> boot = view.bootId();
        if (boot.isPresent() && boot.get().equals(command.bootId())) {
            return Optional.empty();
        }
        return Optional.of("the command is for boot " + command.bootId() + " of node " + command.node() + ", "
                + boot.map(id -> "which has booted since: it is in boot " + id).orElse("whose boot is not known"));
    }

    private static Optional<String> otherAgent(Command command, NodeView view) {
        if (command.agentPodUid() == null || view.hasAgent(command.agentPodUid())) {
            return Optional.empty();
        }
        return Optional.of("the command is for the SPIRE agent in the pod with UID " + command.agentPodUid()
                + ", which is not on node " + command.node() + " any more");
    }

    private static String observed(Command command) {
        String target = command.podUid() == null ? "node " + command.node() : podOf(command);
        return target + " is as the command says; " + command.action() + " changes nothing";
    }

    private static String podOf(Command command) {
        return "pod " + command.namespace() + "/" + command.pod() + " with UID " + command.podUid();
    }
}
