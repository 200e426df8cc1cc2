package io.svidflow.remediation.guard;

import io.svidflow.event.BudgetReceipt;
import io.svidflow.event.GuardDecision;
import io.svidflow.remediation.Budgets;
import io.svidflow.remediation.Deeds;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;

/** So often and no more, in the cluster and for one subject. The budget is granted by a person; one that is missing or does not add up means stop. */
final class RetryBudget implements Guard {

    private static final Says SAYS = new Says("G10 retry-budget");
    private static final Duration DAY = Duration.ofDays(1);

    @Override
    public String name() {
        return SAYS.guard();
    }

    @Override
    public GuardDecision ask(Question question) {
        Budgets budgets = new Budgets(question.casebook(), question.policy());
        Optional<String> broken = budgets.problem();
        if (broken.isPresent()) {
            return SAYS.no(broken.get());
        }
        Optional<BudgetReceipt> receipt = budgets.next(question.action(), question.now());
        if (receipt.isEmpty()) {
            return SAYS.no("no budget was granted for " + question.action() + ": svidflow budget init grants one");
        }
        int used = receipt.get().getUsed() - 1;
        int limit = receipt.get().getLimit();
        Instant day = question.now().minus(DAY);
        long own = Deeds.of(question.casebook())
                .filter(deed -> deed.getAction() == question.action())
                .filter(deed -> question.proposal().subject().equals(Deeds.subject(deed)))
                .filter(deed -> Deeds.at(deed).isAfter(day))
                .count();
        Map<String, String> numbers = Map.of(
                "used", String.valueOf(used),
                "limit", String.valueOf(limit),
                "windowSeconds", String.valueOf(receipt.get().getWindowSeconds()),
                "subjectUsed", String.valueOf(own),
                "subjectLimit", String.valueOf(question.limits().perSubject()));
        if (own >= question.limits().perSubject()) {
            return SAYS.no(question.proposal().subject() + " has used up its " + own + " of a day", numbers, null);
        }
        return used >= limit
                ? SAYS.no(
                        used + " of " + limit + " are used",
                        numbers,
                        budgets.frees(question.action(), question.now()).orElse(null))
                : SAYS.yes(used + " of " + limit + " were used before", numbers);
    }
}
