package io.svidflow.remediation;

import io.svidflow.event.GuardDecision;
import io.svidflow.event.Remediation;
import io.svidflow.event.RemediationState;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * What stays shut after its reason is gone: the storm latch for a while (G6), the breaker until a person opens it (G7).
 * They keep new actions from being planned, and nothing else: recoveries and answers are still told.
 */
public final class Latches {

    /** When more than the cap were last in trouble. */
    public static final String STORM = "latch/storm";
    /** Since when the breaker is open. */
    public static final String BREAKER = "latch/breaker";
    /** When a person said that a subject may be acted on again; the subject follows. */
    public static final String CONFIRMED = "confirmed/";

    private static final String CAP = "G3 ";
    /** So many remedies in a row that did not help, within this time. */
    private static final int ENOUGH = 3;

    /** An agent waits 8 minutes at most, and so does what depends on it. */
    private static final Duration AFTERMATH = Duration.ofMinutes(15);

    private static final Duration WITHIN = Duration.ofHours(1);
    private static final Set<RemediationState> IN_VAIN = Set.of(RemediationState.FAILED, RemediationState.AMBIGUOUS);

    private final Casebook casebook;

    Latches(Casebook casebook) {
        this.casebook = casebook;
    }

    /**
     * Guards have decided: a cap that was exceeded is a storm, unless an outage explains it. After an outage everybody backs
     * off and comes back; the cap alone waits for that.
     *
     * @param trouble when something was last wrong with server or datastore; empty: never
     */
    void heard(List<GuardDecision> decisions, Optional<Instant> trouble, Instant now) {
        boolean beyond = decisions.stream()
                .anyMatch(said -> !said.getPassed() && said.getGuard().startsWith(CAP));
        boolean explained =
                trouble.filter(at -> at.isAfter(now.minus(AFTERMATH))).isPresent();
        if (beyond && !explained) {
            casebook.instant(STORM, now);
        }
    }

    /** A remediation is over: several in a row that were carried out in vain open the breaker. */
    void ended(Instant now) {
        List<Remediation> latest = casebook.past().values().stream()
                .filter(Deeds::counts)
                .filter(deed -> deed.getClosedAt() != null && deed.getClosedAt().isAfter(now.minus(WITHIN)))
                .sorted(Comparator.comparing(Remediation::getClosedAt).reversed())
                .limit(ENOUGH)
                .toList();
        boolean vain = latest.size() == ENOUGH && latest.stream().allMatch(deed -> IN_VAIN.contains(deed.getState()));
        if (vain && casebook.instant(BREAKER) == null) {
            casebook.instant(BREAKER, now);
        }
    }

    /** A person closes the breaker and ends the cooldown. */
    void reset() {
        casebook.instant(BREAKER, null);
        casebook.instant(STORM, null);
    }
}
