package io.svidflow.remediation;

import static io.svidflow.event.RemediationAction.NOTIFY;
import static io.svidflow.event.RemediationAction.POKE_REGISTRAR;
import static io.svidflow.event.RemediationAction.RESTART_AGENT;
import static io.svidflow.event.RemediationAction.RESTART_WORKLOAD;
import static io.svidflow.event.RemediationAction.WAIT;

import io.svidflow.event.Finding;
import io.svidflow.event.RemediationAction;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * What is done about a cause, in which order: the gentlest first, a person last (G14). A cause that is not listed has no
 * remedy that svidflow could carry out without doing harm: it waits where the wait can be predicted, and tells a person.
 */
public final class Ladder {

    private static final List<RemediationAction> TELL = List.of(WAIT, NOTIFY);

    /** By cause, or {@code CAUSE/VARIANT} where only that kind of it has the remedy. */
    private static final Map<String, List<RemediationAction>> LADDERS = Map.of(
            "AGENT_SYNC_BACKOFF", List.of(WAIT, RESTART_AGENT, NOTIFY),
            "AGENT_SVID_EXPIRED", List.of(WAIT, RESTART_AGENT, NOTIFY),
            "NODE_TOKEN_REJECTED/EXPIRED", List.of(WAIT, RESTART_AGENT, NOTIFY),
            "NODE_TOKEN_REJECTED/UID_MISMATCH", List.of(WAIT, RESTART_AGENT, NOTIFY),
            "AGENT_NOT_READY/CRASH_LOOP", List.of(WAIT, RESTART_AGENT, NOTIFY),
            "REGISTRAR_LAG", List.of(WAIT, POKE_REGISTRAR, NOTIFY),
            "ENTRY_MISSING", List.of(WAIT, POKE_REGISTRAR, NOTIFY),
            "ENTRY_PARENT_MISMATCH", List.of(WAIT, POKE_REGISTRAR, NOTIFY),
            "WORKLOAD_SOCKET_STALE", List.of(WAIT, RESTART_WORKLOAD, NOTIFY));

    private static final Set<RemediationAction> HARMLESS = Set.of(WAIT, NOTIFY, RemediationAction.UNKNOWN);

    private Ladder() {}

    /** The rungs for a finding, the gentlest first. */
    public static List<RemediationAction> of(Finding finding) {
        String variant = finding.getVariant();
        List<RemediationAction> own = variant == null ? null : LADDERS.get(finding.getCause() + "/" + variant);
        if (own != null) {
            return own;
        }
        // a kind of a cause that is listed without kinds has a reason of its own, which no poke mends
        boolean otherKind = variant != null && finding.getCause().equals("ENTRY_MISSING");
        return otherKind ? TELL : LADDERS.getOrDefault(finding.getCause(), TELL);
    }

    /** Whether an action changes something in the cluster. */
    public static boolean mutates(RemediationAction action) {
        return !HARMLESS.contains(action);
    }

    /** The causes about which svidflow can do more than wait and tell, sorted. */
    public static Set<String> remediedCauses() {
        TreeSet<String> causes = new TreeSet<>();
        LADDERS.keySet().forEach(key -> causes.add(key.split("/")[0]));
        return causes;
    }

    /** Every ladder with more than WAIT and NOTIFY, by cause or {@code CAUSE/VARIANT}, sorted. */
    public static Map<String, List<RemediationAction>> all() {
        return new TreeMap<>(LADDERS);
    }
}
