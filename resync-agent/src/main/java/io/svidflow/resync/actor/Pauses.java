package io.svidflow.resync.actor;

import io.svidflow.event.ControlKind;
import io.svidflow.event.RemediationCommand;
import io.svidflow.event.RemediationControl;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** What operators have paused, so that a pause holds even for what was decided a moment before it. For one thread. */
public final class Pauses {

    private final String cluster;
    private final Map<String, RemediationControl> byId = new TreeMap<>();

    /** @param cluster whose pauses count */
    public Pauses(String cluster) {
        this.cluster = cluster;
    }

    /** An operator wanted something. */
    public void learn(RemediationControl wish) {
        if (!wish.getCluster().equals(cluster)) {
            return;
        }
        if (wish.getKind() == ControlKind.PAUSE) {
            byId.put(wish.getId(), wish);
        } else if (wish.getKind() == ControlKind.RESUME) {
            byId.keySet()
                    .removeIf(
                            id -> wish.getSubject() == null || wish.getSubject().equals(id));
        }
    }

    /** The pause that keeps the command from being carried out; empty: none does. */
    Optional<RemediationControl> of(RemediationCommand command, Instant now) {
        return byId.values().stream()
                .filter(pause -> pause.getExpiresAt() == null || now.isBefore(pause.getExpiresAt()))
                .filter(pause -> pause.getCause() == null || pause.getCause().equals(command.getCause()))
                .filter(pause ->
                        pause.getNamespace() == null || pause.getNamespace().equals(command.getNamespace()))
                .findFirst();
    }
}
