package io.svidflow.diagnosis;

import static io.svidflow.diagnosis.Assessment.fact;
import static io.svidflow.diagnosis.Assessment.likely;
import static io.svidflow.diagnosis.Assessment.ruledOut;
import static io.svidflow.diagnosis.Assessment.silent;

import io.svidflow.event.Link;
import java.time.Duration;
import java.time.Instant;

/** A rule selects the pod, the registrar serves others, and still there is no entry: the rule or the pod is at fault. */
final class EntryMissing implements Cause {

    private static final Duration PATIENCE = Duration.ofMinutes(2);

    @Override
    public String name() {
        return "ENTRY_MISSING";
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
        if (!question.missingAnyOf(Link.ENTRY_PRESENT)
                || question.pod().getClocks().getEntry() != null) {
            return ruledOut("the pod has an entry");
        }
        String pod = question.pod().getNamespace() + "/" + question.pod().getPod();
        Instant rendered = question.server().renderFailures().get(pod);
        if (rendered != null) {
            return likely(
                    0.92, fact(rendered, Link.ENTRY_PRESENT, "the registrar failed to render the entry of " + pod));
        }
        Instant start = question.podStart();
        Instant registered = question.cluster().latestRegisteredStart();
        if (start == null || registered == null || !registered.isAfter(start)) {
            return silent();
        }
        if (question.now().isBefore(start.plus(PATIENCE))) {
            return likely(0.4, fact(registered, Link.ENTRY_PRESENT, "a pod that started later has its entry"));
        }
        return likely(
                0.8,
                fact(
                        registered,
                        Link.ENTRY_PRESENT,
                        "no entry after 2 min, although rule "
                                + String.join(", ", question.pod().getRules())
                                + " selects the pod and a pod that started later has its entry"));
    }
}
