package io.svidflow.diagnosis;

import static io.svidflow.diagnosis.Assessment.fact;
import static io.svidflow.diagnosis.Assessment.likely;
import static io.svidflow.diagnosis.Assessment.ruledOut;

import io.svidflow.event.Link;

/** No rule selects the pod and nobody registered it: it asks in vain, and that is right. */
final class EntryNotExpected implements Cause {

    @Override
    public String name() {
        return "ENTRY_NOT_EXPECTED";
    }

    @Override
    public Layer layer() {
        return Layer.REGISTRAR;
    }

    @Override
    public Grouping grouping() {
        return Grouping.OWNER;
    }

    @Override
    public Assessment assess(Case question) {
        if (!"refusal".equals(question.pod().getExpectedBy())) {
            return ruledOut(
                    question.pod().getRules().isEmpty()
                            ? "the pod has an entry"
                            : "rule " + String.join(", ", question.pod().getRules()) + " selects the pod");
        }
        Siblings siblings = question.siblings();
        boolean wanted = question.unselected() ? siblings.onlyOthers() : siblings.healthy();
        if (wanted) {
            return ruledOut("another pod of " + question.pod().getOwner() + " had an identity at " + siblings.latest());
        }
        String why = siblings.healthy()
                ? "no rule selects the pod, although pods made from the same template have an identity: "
                        + "whoever changed rule or labels decided so"
                : "no rule selects the pod, and no sibling has an identity";
        return likely(0.9, fact(question.now(), Link.ENTRY_PRESENT, why));
    }
}
