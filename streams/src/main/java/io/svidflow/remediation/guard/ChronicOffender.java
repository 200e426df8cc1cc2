package io.svidflow.remediation.guard;

import io.svidflow.event.GuardDecision;
import io.svidflow.remediation.Deeds;
import io.svidflow.remediation.Latches;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;

/** Who needs a remedy again and again needs a person. */
final class ChronicOffender implements Guard {

    private static final Says SAYS = new Says("G25 chronic-offender");
    private static final Duration WEEK = Duration.ofDays(7);

    @Override
    public String name() {
        return SAYS.guard();
    }

    @Override
    public GuardDecision ask(Question question) {
        Instant week = question.now().minus(WEEK);
        Instant confirmed = question.casebook()
                .instant(Latches.CONFIRMED + question.proposal().subject());
        Instant since = confirmed != null && confirmed.isAfter(week) ? confirmed : week;
        long times = Deeds.of(question.casebook())
                .filter(deed -> question.proposal().subject().equals(Deeds.subject(deed)))
                .filter(deed -> Deeds.at(deed).isAfter(since))
                .count();
        int most = question.limits().chronic();
        Map<String, String> numbers = Map.of("inSevenDays", String.valueOf(times), "limit", String.valueOf(most));
        return times >= most
                ? SAYS.no(
                        question.proposal().subject() + " needed " + times
                                + " remedies in a week: a person has to look",
                        numbers,
                        null)
                : SAYS.yes(question.proposal().subject() + " needed " + times + " remedies in a week", numbers);
    }
}
