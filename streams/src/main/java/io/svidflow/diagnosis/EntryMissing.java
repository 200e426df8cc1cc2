package io.svidflow.diagnosis;

import static io.svidflow.diagnosis.Assessment.fact;
import static io.svidflow.diagnosis.Assessment.likely;
import static io.svidflow.diagnosis.Assessment.ruledOut;
import static io.svidflow.diagnosis.Assessment.silent;

import io.svidflow.event.Evidence;
import io.svidflow.event.Link;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/** A rule selects the pod, the registrar serves others, and still there is no entry: the rule or the pod is at fault. */
final class EntryMissing implements Cause {

    private static final String RENDER = "RENDER";
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
        if (question.unselected()) {
            return unselected(question);
        }
        String pod = question.pod().getNamespace() + "/" + question.pod().getPod();
        Instant rendered = question.server().renderFailures().get(pod);
        if (rendered != null) {
            return likely(
                            0.92,
                            fact(rendered, Link.ENTRY_PRESENT, "the registrar failed to render the entry of " + pod))
                    .ofKind(RENDER);
        }
        return question.pod().getRules().stream()
                .flatMap(rule -> counted(question, rule).stream())
                .findFirst()
                .orElseGet(() -> overtaken(question));
    }

    /** Pods of another template of the same owner have an identity: this template lost what the rule looks for. */
    private static Assessment unselected(Case question) {
        Siblings siblings = question.siblings();
        return siblings.onlyOthers()
                ? likely(
                                0.85,
                                fact(
                                        siblings.others(),
                                        Link.ENTRY_PRESENT,
                                        "no rule selects the pod, but pods of another template of "
                                                + question.pod().getOwner()
                                                + " have, or had until lately, an identity"))
                        .ofKind("NOT_SELECTED")
                : silent();
    }

    /** What the registrar itself counts in the status of the rule. */
    private static Optional<Assessment> counted(Case question, String rule) {
        RuleCounts counts = question.server().registrar().rules().get(rule);
        Instant start = question.podStart();
        if (counts == null || start == null) {
            return Optional.empty();
        }
        // A registrar that logs names the pods that it cannot render, and counts more than these: pods without a node.
        boolean named = !question.server()
                .registrar()
                .at(RegistrarHealth.Sign.RECONCILING)
                .equals(Instant.MIN);
        double confidence = named ? 0.5 : counts.at().isAfter(start) ? 0.85 : 0.8;
        if (counts.renderFailures() > 0) {
            String text = "its status counts " + counts.renderFailures() + " entries that cannot be rendered";
            return Optional.of(likely(confidence, counted(rule, counts, text)).ofKind(RENDER));
        }
        if (counts.entryFailures() > 0) {
            String text = "its status counts " + counts.entryFailures() + " entries that the server refuses";
            return Optional.of(likely(confidence, counted(rule, counts, text)).ofKind("REFUSED"));
        }
        return Optional.empty();
    }

    private static Evidence counted(String rule, RuleCounts counts, String text) {
        return fact(counts.at(), Link.ENTRY_PRESENT, "rule " + rule + " selects the pod, and " + text);
    }

    /** Later pods have their entry already. */
    private static Assessment overtaken(Case question) {
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
