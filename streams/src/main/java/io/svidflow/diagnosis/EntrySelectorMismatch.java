package io.svidflow.diagnosis;

import static io.svidflow.diagnosis.Assessment.fact;
import static io.svidflow.diagnosis.Assessment.likely;
import static io.svidflow.diagnosis.Assessment.ruledOut;
import static io.svidflow.diagnosis.Assessment.silent;

import io.svidflow.event.Link;
import io.svidflow.event.PodTransition;
import java.util.List;

/** The agent has the entry and attests the pod, but the entry asks for selectors that the pod does not have. */
final class EntrySelectorMismatch implements Cause {

    @Override
    public String name() {
        return "ENTRY_SELECTOR_MISMATCH";
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
        PodTransition pod = question.pod();
        List<String> lacking = pod.getLackingSelectors();
        if (!question.missingAnyOf(Link.WORKLOAD_ATTESTED, Link.SVID_ISSUED)) {
            return silent();
        }
        if (!lacking.isEmpty()) {
            String wanted = String.join(", ", lacking);
            return pod.getAttestedSelectors()
                    ? likely(
                            0.93,
                            fact(
                                    question.now(),
                                    Link.WORKLOAD_ATTESTED,
                                    "the pod was attested without what its entry asks for: " + wanted))
                    : likely(
                            0.85,
                            fact(
                                    question.now(),
                                    Link.WORKLOAD_ATTESTED,
                                    "the Pod object contradicts what its entry asks for: " + wanted));
        }
        if (pod.getAttestedSelectors()) {
            return ruledOut("the pod was attested with every selector of its entry");
        }
        boolean held = question.missingAnyOf(Link.SVID_ISSUED) && pod.getSignedAt() != null && pod.getRefusals() > 0;
        return held
                ? likely(
                        0.6,
                        fact(
                                pod.getSignedAt(),
                                Link.SVID_ISSUED,
                                "the agent holds the SVID of the entry and still refuses the pod, "
                                        + "so the pod's selectors are not those of the entry"))
                : silent();
    }
}
