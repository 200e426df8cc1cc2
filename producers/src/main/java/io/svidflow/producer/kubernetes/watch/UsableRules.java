package io.svidflow.producer.kubernetes.watch;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.svidflow.producer.kubernetes.KubernetesKind;
import java.util.Collection;
import java.util.List;

/**
 * Whether it can be said which rules select a pod: the rules must be known, all of them, and the labels of the namespaces.
 * While they are not, the selection of every pod is not known, which is not the same as being selected by none.
 */
final class UsableRules {

    private final List<LaneMemory> needed;
    private final Statements statements;
    private boolean usable;

    UsableRules(Collection<LaneMemory> lanes, Statements statements) {
        this.needed = lanes.stream()
                .filter(memory -> memory.lane().kind() == KubernetesKind.RULES
                        || memory.lane().kind() == KubernetesKind.NAMESPACES)
                .toList();
        this.statements = statements;
    }

    /** Whether an observed rule may be applied now; one that may not is applied with all others when it is time. */
    boolean usable() {
        return usable;
    }

    /**
     * Looks whether that has changed.
     *
     * @param silently what follows was said by an earlier process
     */
    void review(boolean silently) throws InterruptedException {
        boolean now = needed.stream().allMatch(LaneMemory::current);
        if (now == usable) {
            return;
        }
        usable = now;
        if (now) {
            statements.rulesKnown(rules(), silently);
        } else {
            statements.rulesUnknown();
        }
    }

    private List<ObjectNode> rules() {
        return needed.stream()
                .filter(memory -> memory.lane().kind() == KubernetesKind.RULES)
                .flatMap(memory -> memory.objects().stream())
                .toList();
    }
}
