package io.svidflow.producer.kubernetes.watch;

import io.svidflow.producer.kubernetes.KubernetesKind;
import java.time.Instant;
import java.util.Collection;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/**
 * Says when everything that is there has been said by a process that knows of nothing before it: what an earlier process said
 * and this one did not has vanished while nobody looked. Pods come before nodes: whoever forgets a node must have forgotten
 * its pods.
 */
final class FirstListings {

    private final Collection<LaneMemory> lanes;
    private final Statements statements;
    private final Set<KubernetesKind> open = EnumSet.of(KubernetesKind.PODS, KubernetesKind.NODES);

    FirstListings(Collection<LaneMemory> lanes, Statements statements) {
        this.lanes = lanes;
        this.statements = statements;
    }

    /** Looks whether all pods and nodes are known now. */
    void review() throws InterruptedException {
        boolean settled = !open.isEmpty()
                && lanes.stream()
                        .filter(memory -> open.contains(memory.lane().kind()))
                        .allMatch(LaneMemory::current);
        if (!settled) {
            return;
        }
        open.clear();
        say(KubernetesKind.PODS);
        say(KubernetesKind.NODES);
    }

    private void say(KubernetesKind kind) throws InterruptedException {
        List<Instant> since = lanes.stream()
                .filter(memory -> memory.lane().kind() == kind)
                .map(LaneMemory::saidSince)
                .toList();
        if (!since.contains(null)) {
            statements.listed(kind, since.stream().min(Instant::compareTo).orElseThrow());
        }
    }
}
