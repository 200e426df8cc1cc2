package io.svidflow.resync.check;

import io.svidflow.event.PodRole;
import io.svidflow.event.RemediationAction;
import io.svidflow.event.RemediationCommand;
import io.svidflow.event.RemediationOutcome;
import io.svidflow.resync.scene.Mark;
import io.svidflow.resync.scene.Scene;
import io.svidflow.resync.scene.SeenPod;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** The control plane, Kubernetes' and SPIRE's own pods, what nobody would start anew, and what its owner has marked. */
final class Untouchable implements Check {

    private static final List<String> STARTED_ANEW_BY = List.of("ReplicaSet", "StatefulSet", "DaemonSet");

    private final Set<String> namespaces;

    /** @param namespaces where no workload is ever touched */
    Untouchable(Set<String> namespaces) {
        this.namespaces = Set.copyOf(namespaces);
    }

    @Override
    public String guard() {
        return "G19 untouchable";
    }

    @Override
    public Optional<Refusal> ask(RemediationCommand command, Scene scene) {
        SeenPod target = scene.place().target().orElse(null);
        if (target == null) {
            return refused("the target is not there");
        }
        if (target.leftAlone()
                || scene.place().namespaceLeftAlone()
                || scene.place().node().map(node -> node.leftAlone()).orElse(true)) {
            return refused("the owner of pod " + target.fullName() + ", its namespace or its node has marked it with "
                    + Mark.NAME + "=" + Mark.OFF);
        }
        if (scene.place().node().map(node -> node.controlPlane()).orElse(true)) {
            return refused("node " + command.getNode() + " runs the control plane");
        }
        return command.getAction() == RemediationAction.RESTART_AGENT
                ? Optional.empty() // that it is an agent and nothing else is another check's business
                : workload(command, target);
    }

    private Optional<Refusal> workload(RemediationCommand command, SeenPod target) {
        if (target.role() != PodRole.WORKLOAD) {
            return refused("pod " + target.fullName() + " is a " + target.role() + " and no workload");
        }
        if (namespaces.contains(target.namespace())) {
            return refused("namespace " + target.namespace() + " is protected");
        }
        if (target.critical()) {
            return refused("pod " + target.fullName() + " is a static pod or of a system-critical priority");
        }
        boolean comesBack = STARTED_ANEW_BY.stream().anyMatch(target::ownedBy);
        return command.getAction() == RemediationAction.RESTART_WORKLOAD && !comesBack
                ? refused("pod " + target.fullName() + " belongs to "
                        + (target.owner() == null ? "nobody" : target.owner()) + ": nothing would start it anew")
                : Optional.empty();
    }

    private Optional<Refusal> refused(String because) {
        return Refusal.of(RemediationOutcome.REFUSED, guard(), because);
    }
}
