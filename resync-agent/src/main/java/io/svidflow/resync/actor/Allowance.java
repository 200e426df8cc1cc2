package io.svidflow.resync.actor;

import io.svidflow.event.RemediationAction;
import java.util.ArrayList;
import java.util.Collection;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * What an actor may carry out, for whom and about what. What is not in it is refused.
 *
 * @param keys ids of the keys whose commands count, by action; none: those of every trusted key
 * @param causes about which something may be done; none: about every cause that has a remedy
 */
public record Allowance(Map<RemediationAction, Set<String>> keys, Set<String> causes) {

    /** Nothing at all. */
    public static final Allowance NOTHING = new Allowance(Map.of(), Set.of());

    private static final List<RemediationAction> KNOWN = List.of(
            RemediationAction.POKE_REGISTRAR, RemediationAction.RESTART_AGENT, RemediationAction.RESTART_WORKLOAD);

    public Allowance {
        keys = Map.copyOf(keys);
        causes = Set.copyOf(causes);
    }

    /**
     * Reads {@code ACTION} and {@code ACTION:KEY-ID}.
     *
     * @throws IllegalArgumentException naming the part that cannot be read
     */
    public static Allowance parse(Collection<String> actions, Collection<String> causes) {
        Map<RemediationAction, Set<String>> keys = new EnumMap<>(RemediationAction.class);
        List<RemediationAction> byEveryKey = new ArrayList<>();
        for (String text : actions) {
            String[] parts = text.strip().split(":", 2);
            RemediationAction action = action(parts[0].strip());
            Set<String> ids = keys.computeIfAbsent(action, any -> new TreeSet<>());
            if (parts.length == 1) {
                byEveryKey.add(action);
            } else if (parts[1].isBlank()) {
                throw new IllegalArgumentException(
                        "\"" + text + "\" leaves its key empty: write ACTION or ACTION:KEY-ID");
            } else {
                ids.add(parts[1].strip());
            }
        }
        byEveryKey.forEach(action -> keys.put(action, Set.of()));
        return new Allowance(keys, Set.copyOf(causes));
    }

    private static RemediationAction action(String text) {
        return KNOWN.stream()
                .filter(action -> action.name().equals(text))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException(
                        "\"" + text + "\" is nothing that an actor could carry out; it could " + KNOWN));
    }

    /** Whether anything is in it. */
    public boolean anything() {
        return !keys.isEmpty();
    }

    /** Why the command is not in it; empty: it is. */
    Optional<String> objection(RemediationAction action, String cause, String keyId) {
        Set<String> ids = keys.get(action);
        if (ids == null) {
            return Optional.of("this actor may not " + action + ": it is not in resync-agent.allow");
        }
        if (!ids.isEmpty() && !ids.contains(keyId)) {
            return Optional.of(
                    "key " + keyId + " may not order " + action + ": only " + String.join(", ", ids) + " may");
        }
        return causes.isEmpty() || causes.contains(cause)
                ? Optional.empty()
                : Optional.of("this actor does nothing about " + cause + ": it is not in resync-agent.causes");
    }
}
