package io.svidflow.cli.report;

import io.svidflow.cli.runbook.Runbook;
import io.svidflow.event.Evidence;
import io.svidflow.event.Finding;
import io.svidflow.event.IdentityState;
import io.svidflow.event.PodTransition;
import io.svidflow.unreported.Explanation;
import io.svidflow.unreported.PodStory;
import io.svidflow.unreported.PodStory.Chapter;
import io.svidflow.unreported.Unreported;
import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;

/** The whole story of one pod, whether or not it is a finding. */
public final class PodReport {

    private final Palette palette;

    /** A report with or without colours. */
    public PodReport(Palette palette) {
        this.palette = palette;
    }

    /** The stories of the pods that bore a name, one after the other, and what became of them. */
    public String render(List<PodStory> stories, Verdict verdict, Explanation explanation) {
        Page page = new Page(palette);
        Moments moments = new Moments(verdict.incident().start());
        for (PodStory story : stories) {
            print(story, verdict, explanation, page, moments);
        }
        return page.toString();
    }

    private static void print(PodStory story, Verdict verdict, Explanation explanation, Page page, Moments moments) {
        PodTransition pod = story.pod();
        page.heading(story.name() + " on " + pod.getNode() + " (UID " + pod.getPodUid() + ")");
        page.line(2, "expected by  ", pod.getExpectedBy() == null ? "nobody" : expected(story));
        page.line(2, "refusals     ", pod.getRefusals() + " that are known to be the pod's");
        new ClockTable(clocks(story), moments).print(page);
        for (Chapter chapter : story.chapters()) {
            page.line(2, moments.milli(chapter.at()) + "  ", words(chapter.pod()));
            for (Evidence evidence : chapter.pod().getEvidence()) {
                page.line(6, moments.milli(evidence.getAt()) + "  ", evidence.getText());
            }
        }
        List<Finding> findings = verdict.findings().stream()
                .filter(finding -> finding.getPodUid().equals(pod.getPodUid()))
                .toList();
        FindingSection section = new FindingSection(verdict.origins(), moments, page, new Runbook());
        findings.forEach(section::print);
        explanation.items().stream()
                .filter(item -> item.subject().equals(story.name()))
                .map(Unreported::text)
                .forEach(text -> page.line(2, "not reported ", text));
        if (findings.isEmpty()) {
            story.inTime()
                    .ifPresent(length -> page.line(
                            2,
                            "verdict      ",
                            "it had its identity " + Moments.length(length) + " after its start: in time"));
        }
    }

    private static String expected(PodStory story) {
        PodTransition pod = story.pod();
        return pod.getExpectedBy() + (pod.getRules().isEmpty() ? "" : " " + String.join(", ", pod.getRules()));
    }

    /** The clocks of when its identity came or its last word; a pod that is gone has lost them. */
    private static io.svidflow.event.Clocks clocks(PodStory story) {
        return story.chapters().stream()
                .filter(chapter -> chapter.pod().getState() != IdentityState.GONE)
                .reduce((first, second) -> second)
                .orElse(story.last())
                .pod()
                .getClocks();
    }

    private static String words(PodTransition pod) {
        String proven = pod.getProven().stream()
                .filter(Objects::nonNull)
                .sorted()
                .map(Words::link)
                .collect(Collectors.joining(", "));
        return switch (pod.getState()) {
            case STUCK, RENEWAL_FAILING ->
                pod.getState() + ": the first missing link is \"" + Words.link(pod.getFirstMissing()) + "\""
                        + (proven.isEmpty() ? "" : "; proven: " + proven);
            case HEALTHY, RECOVERED -> pod.getState() + ", proof " + pod.getProof();
            default -> pod.getState() + (proven.isEmpty() ? "" : "; proven: " + proven);
        };
    }
}
