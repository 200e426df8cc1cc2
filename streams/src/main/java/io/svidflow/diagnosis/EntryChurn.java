package io.svidflow.diagnosis;

import static io.svidflow.diagnosis.Assessment.fact;
import static io.svidflow.diagnosis.Assessment.likely;
import static io.svidflow.diagnosis.Assessment.ruledOut;
import static io.svidflow.diagnosis.Assessment.silent;

import io.svidflow.event.Link;
import java.time.Instant;

/**
 * The pod's entry is deleted and created again and again: two registrars, or a registrar and somebody's script, each undo
 * what the other wrote.
 */
final class EntryChurn implements Cause {

    private static final int CHURN = 3;

    @Override
    public String name() {
        return "ENTRY_CHURN";
    }

    @Override
    public Layer layer() {
        return Layer.REGISTRAR;
    }

    @Override
    public Grouping grouping() {
        return Grouping.REGISTRAR;
    }

    @Override
    public Assessment assess(Case question) {
        int times = question.pod().getEntryRecreations();
        if (times < CHURN) {
            return question.pod().getClocks().getEntry() == null
                    ? silent()
                    : ruledOut("the pod's entry is not deleted and created again and again");
        }
        if (!question.missingAnyOf(Link.ENTRY_PRESENT, Link.PARENT_LIVE, Link.SYNCHRONISED)) {
            return silent();
        }
        Instant entry = question.pod().getClocks().getEntry();
        return likely(
                0.93,
                fact(
                        entry == null ? question.now() : entry,
                        Link.ENTRY_PRESENT,
                        "the pod's entry was deleted and created again alike " + times + " times in ten minutes"));
    }
}
