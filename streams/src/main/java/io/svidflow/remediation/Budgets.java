package io.svidflow.remediation;

import io.svidflow.event.BudgetGrant;
import io.svidflow.event.BudgetReceipt;
import io.svidflow.event.Remediation;
import io.svidflow.event.RemediationAction;
import io.svidflow.event.RemediationControl;
import io.svidflow.event.RemediationRun;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/**
 * How often each action may be carried out in a cluster. A person grants it; what was used is counted from what was done.
 * The grant is kept with a seal in another place: one without the other means that something was lost, and stops
 * everything until a person grants anew (G10, G21).
 */
public final class Budgets {

    private static final String BUDGET = "budget";
    private static final String SEAL = "budget/";

    private final Casebook casebook;
    private final Policy policy;

    public Budgets(Casebook casebook, Policy policy) {
        this.casebook = casebook;
        this.policy = policy;
    }

    /** A person grants a budget; what was used before still counts. */
    void grant(RemediationControl control) {
        List.copyOf(casebook.instants(SEAL).keySet()).forEach(old -> casebook.instant(old, null));
        casebook.control(BUDGET, control);
        casebook.instant(SEAL + seal(control), control.getAt());
    }

    /** Why nothing may be spent at all; empty: the budget is there and adds up. */
    public Optional<String> problem() {
        if (policy.run() != RemediationRun.LIVE) {
            return Optional.empty();
        }
        RemediationControl granted = casebook.controls().get(BUDGET);
        boolean sealed = !casebook.instants(SEAL).isEmpty();
        if (granted == null) {
            return Optional.of(
                    sealed
                            ? "the budget that was granted is missing: state was lost. Grant it anew with svidflow budget init"
                            : "no budget was granted: svidflow budget init grants one");
        }
        boolean whole = casebook.instants(SEAL).containsKey(SEAL + seal(granted))
                && granted.getBudgets().stream().allMatch(Budgets::valid);
        return whole
                ? Optional.empty()
                : Optional.of("the budget does not add up: it is not what " + granted.getOperator()
                        + " granted. Grant it anew with svidflow budget init");
    }

    /** Whether a grant makes sense. */
    public static boolean valid(BudgetGrant grant) {
        return Ladder.mutates(grant.getAction()) && grant.getLimit() >= 0 && grant.getWindowSeconds() > 0;
    }

    /** The receipt that the next action would get; empty: no budget was granted for it. */
    public Optional<BudgetReceipt> next(RemediationAction action, Instant now) {
        return grant(action).map(grant -> BudgetReceipt.newBuilder()
                .setName(action.name())
                .setSubject("cluster " + casebook.cluster())
                .setUsed(used(grant, now).size() + 1)
                .setLimit(grant.getLimit())
                .setWindowSeconds(grant.getWindowSeconds())
                .setReservedAt(now)
                .build());
    }

    /** When one more will be free again; empty: when a person grants more. */
    public Optional<Instant> frees(RemediationAction action, Instant now) {
        return grant(action).flatMap(grant -> used(grant, now).stream()
                .min(Comparator.naturalOrder())
                .map(at -> at.plusSeconds(grant.getWindowSeconds())));
    }

    private Optional<BudgetGrant> grant(RemediationAction action) {
        RemediationControl granted = casebook.controls().get(BUDGET);
        List<BudgetGrant> grants = policy.run() != RemediationRun.LIVE
                ? policy.grants()
                : granted == null ? List.of() : granted.getBudgets();
        return grants.stream().filter(grant -> grant.getAction() == action).findFirst();
    }

    /** Reserved counts as used, from the moment of the reservation. */
    private List<Instant> used(BudgetGrant grant, Instant now) {
        Instant since = now.minus(Duration.ofSeconds(grant.getWindowSeconds()));
        return Deeds.of(casebook)
                .filter(deed -> deed.getAction() == grant.getAction())
                .map(Remediation::getOpenedAt)
                .filter(at -> at.isAfter(since))
                .toList();
    }

    private static String seal(RemediationControl granted) {
        StringBuilder text = new StringBuilder(granted.getId()).append(granted.getAt());
        for (BudgetGrant grant : granted.getBudgets()) {
            text.append('\n')
                    .append(grant.getAction())
                    .append(' ')
                    .append(grant.getLimit())
                    .append(' ')
                    .append(grant.getWindowSeconds());
        }
        return UUID.nameUUIDFromBytes(text.toString().getBytes(StandardCharsets.UTF_8))
                .toString();
    }
}
