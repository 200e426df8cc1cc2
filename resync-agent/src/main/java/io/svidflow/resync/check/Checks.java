package io.svidflow.resync.check;

import io.svidflow.event.RemediationCommand;
import io.svidflow.resync.scene.Scene;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Every check, in the order in which they are asked: whether the actor sees, whether all is as it was, what is protected. */
public final class Checks {

    private final List<Check> all;

    /** @param protectedNamespaces where no workload is ever touched */
    public Checks(Set<String> protectedNamespaces) {
        this.all = List.of(
                new ServerAnswers(),
                new OnlyThisOne(),
                new SameNode(),
                new SamePods(),
                new SameAgent(),
                new SameEntry(),
                new InService(),
                new Untouchable(protectedNamespaces),
                new AgentMayAttest(),
                new AgentElsewhere(),
                new DisruptionBudgets());
    }

    /** All of them. */
    public List<Check> all() {
        return all;
    }

    /** The first objection; empty: the command may be carried out. */
    public Optional<Refusal> ask(RemediationCommand command, Scene scene) {
        return all.stream().flatMap(check -> check.ask(command, scene).stream()).findFirst();
    }
}
