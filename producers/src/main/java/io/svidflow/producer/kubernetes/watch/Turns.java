package io.svidflow.producer.kubernetes.watch;

import io.svidflow.producer.kubernetes.KubernetesKind;
import java.util.Collection;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;

/**
 * Lets the kinds begin one after the other: pods that were listed before the rules that select them would be said to be
 * selected by none. A kind that cannot be observed does not hold up the others.
 */
final class Turns {

    private final Map<KubernetesKind, CountDownLatch> gates = new EnumMap<>(KubernetesKind.class);
    private final List<LaneMemory> lanes;

    Turns(Collection<LaneMemory> lanes) {
        this.lanes = List.copyOf(lanes);
        for (LaneMemory memory : lanes) {
            gates.computeIfAbsent(memory.lane().kind(), kind -> new CountDownLatch(1));
        }
        next();
    }

    /** Opened when the lanes of a kind may begin. */
    CountDownLatch of(KubernetesKind kind) {
        return gates.get(kind);
    }

    /** Lets the next kind begin if something has come of all lanes of the kinds before. */
    void next() {
        for (Map.Entry<KubernetesKind, CountDownLatch> gate : gates.entrySet()) {
            gate.getValue().countDown();
            boolean allBegun = lanes.stream()
                    .filter(memory -> memory.lane().kind() == gate.getKey())
                    .allMatch(LaneMemory::begun);
            if (!allBegun) {
                return;
            }
        }
    }
}
