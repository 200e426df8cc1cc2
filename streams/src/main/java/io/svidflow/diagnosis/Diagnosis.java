package io.svidflow.diagnosis;

import io.svidflow.event.Alternative;
import io.svidflow.event.Evidence;
import io.svidflow.event.RuledOut;
import java.util.List;

/**
 * The causes of one case, ranked.
 *
 * @param cause the headline
 * @param variant which kind of it, where the remedy differs; null: it has but one
 * @param confidence 0 to 1
 * @param notCollected sources that could have told more
 */
public record Diagnosis(
        String cause,
        String variant,
        double confidence,
        List<Evidence> because,
        List<Alternative> alternatives,
        List<RuledOut> ruledOut,
        List<String> notCollected) {

    /** Confidence of a cause that its look-alikes are told from by sources that are not there. */
    public static final double DOUBTFUL = 0.45;

    public Diagnosis {
        because = List.copyOf(because);
        alternatives = List.copyOf(alternatives);
        ruledOut = List.copyOf(ruledOut);
        notCollected = List.copyOf(notCollected);
    }

    /** Nobody registered the pod and nobody should have: nothing to report. */
    public boolean nothingToReport() {
        return cause.equals("ENTRY_NOT_EXPECTED");
    }
}
