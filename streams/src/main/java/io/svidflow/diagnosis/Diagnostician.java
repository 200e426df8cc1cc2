package io.svidflow.diagnosis;

import io.svidflow.event.Alternative;
import io.svidflow.event.RuledOut;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** Asks every cause about a case and ranks the answers. Pure. */
public final class Diagnostician {

    /** Alternatives below this are noise to a reader. */
    private static final double WORTH_SAYING = 0.1;

    private final List<Cause> causes;

    public Diagnostician(List<Cause> causes) {
        this.causes = List.copyOf(causes);
    }

    private record Ranked(Cause cause, Assessment.Likely answer) {}

    /** The diagnosis of a case: the most likely cause is the headline; at equal confidence the earlier one. */
    public Diagnosis diagnose(Case question) {
        List<Ranked> likely = new ArrayList<>();
        List<RuledOut> ruledOut = new ArrayList<>();
        for (Cause cause : causes) {
            Assessment answer = cause.assess(question);
            if (answer instanceof Assessment.Likely fits) {
                likely.add(new Ranked(cause, fits));
            } else if (answer instanceof Assessment.RuledOut excluded) {
                ruledOut.add(new RuledOut(cause.name(), excluded.because()));
            }
        }
        likely.sort(
                Comparator.comparingDouble((Ranked ranked) -> -ranked.answer().confidence()));
        Ranked headline = likely.get(0);
        List<Alternative> alternatives = likely.stream()
                .skip(1)
                .filter(ranked -> ranked.answer().confidence() >= WORTH_SAYING)
                .filter(ranked -> !ranked.cause().name().equals(Unknown.NAME))
                .map(ranked ->
                        new Alternative(ranked.cause().name(), ranked.answer().confidence()))
                .toList();
        return new Diagnosis(
                headline.cause().name(),
                headline.answer().variant(),
                headline.answer().confidence(),
                headline.answer().because(),
                alternatives,
                ruledOut,
                question.notCollected());
    }
}
