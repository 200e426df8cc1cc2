package io.svidflow.remediation;

import io.svidflow.event.BudgetGrant;
import io.svidflow.event.RemediationAction;
import io.svidflow.event.RemediationRun;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Stream;

/**
 * What an installation allows remediation to do.
 *
 * @param run whether this is earnest; a command of anything but LIVE says so in its mode and is never signed
 * @param modes how far it may go; operators may change that later
 * @param limits how careful it is
 * @param protectedNamespaces where no pod is ever restarted
 * @param signs there is a key to sign with; without one nothing can be carried out
 * @param grants budgets that count without an operator's word: none in a running installation
 */
public record Policy(
        RemediationRun run,
        Modes modes,
        Limits limits,
        Set<String> protectedNamespaces,
        boolean signs,
        List<BudgetGrant> grants) {

    /** The cluster's own, and where SPIRE usually lives. */
    public static final Set<String> PROTECTED = Set.of(
            "kube-system", "kube-public", "kube-node-lease", "spire", "spire-server", "spire-system", "spire-mgmt");

    /** What is granted by {@code svidflow topics create} and {@code svidflow budget init} unless told otherwise. */
    public static final List<BudgetGrant> USUAL_GRANTS = List.of(
            new BudgetGrant(RemediationAction.RESTART_AGENT, 3, 3600L),
            new BudgetGrant(RemediationAction.RESTART_WORKLOAD, 5, 3600L),
            new BudgetGrant(RemediationAction.POKE_REGISTRAR, 20, 3600L));

    public Policy {
        Objects.requireNonNull(run, "run");
        protectedNamespaces = Set.copyOf(protectedNamespaces);
        grants = List.copyOf(grants);
        if (run == RemediationRun.LIVE && !grants.isEmpty()) {
            throw new IllegalArgumentException("budgets of a running installation are granted by its operators alone");
        }
        if (run != RemediationRun.LIVE && signs) {
            throw new IllegalArgumentException("what is not in earnest is never signed, but run is " + run);
        }
    }

    /** A running installation that observes. */
    public static Policy observing() {
        return new Policy(RemediationRun.LIVE, Modes.OBSERVING, Limits.defaults(), PROTECTED, false, List.of());
    }

    /** A replay as an installation that observes would have seen it. */
    public static Policy replaying() {
        return new Policy(RemediationRun.REPLAY, Modes.OBSERVING, Limits.defaults(), PROTECTED, false, List.of());
    }

    /** A replay of what would have been done if svidflow had been allowed to act on everything that it can act on. */
    public static Policy rehearsing() {
        Modes everything = new Modes(Ladder.remediedCauses().stream()
                .map(cause -> new ModeRule(null, cause, null, Mode.ACT))
                .toList());
        return new Policy(RemediationRun.REPLAY, everything, Limits.defaults(), PROTECTED, false, USUAL_GRANTS);
    }

    /** What commands say of their mode where the installation lets svidflow go as far as this. */
    public String words(Mode mode) {
        return run == RemediationRun.LIVE ? mode.text() : run.name().toLowerCase(java.util.Locale.ROOT);
    }

    /** What no configuration and no operator can allow, in words; nothing if all is well. */
    public Stream<String> complaints() {
        return Stream.concat(limits.complaints().stream(), modes.overlaps().stream());
    }
}
