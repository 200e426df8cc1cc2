package io.svidflow.diagnosis;

import static io.svidflow.diagnosis.Assessment.fact;
import static io.svidflow.diagnosis.Assessment.likely;

/** What is known does not suffice to name a cause. Said rather than guessed. */
final class Unknown implements Cause {

    static final String NAME = "UNKNOWN";

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public Layer layer() {
        return Layer.UNKNOWN;
    }

    @Override
    public Grouping grouping() {
        return Grouping.OWNER;
    }

    @Override
    public Assessment assess(Case question) {
        return likely(
                0.35,
                fact(
                        question.now(),
                        question.missing(),
                        "the first missing link is " + question.missing()
                                + "; no known cause explains it with the sources at hand"));
    }
}
