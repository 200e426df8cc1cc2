package io.svidflow.cli.report;

import io.svidflow.cli.report.Palette.Tone;
import io.svidflow.cli.runbook.Runbook;
import io.svidflow.event.Evidence;
import io.svidflow.event.Finding;
import io.svidflow.event.Link;
import io.svidflow.event.Origin;
import io.svidflow.event.PredictionOutcome;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** All that is known about one finding. */
final class FindingSection {

    private final Map<String, Origin> origins;
    private final Moments moments;
    private final Page page;
    private final Runbook runbook;

    FindingSection(Map<String, Origin> origins, Moments moments, Page page, Runbook runbook) {
        this.origins = origins;
        this.moments = moments;
        this.page = page;
        this.runbook = runbook;
    }

    void print(Finding finding) {
        page.blank();
        page.line(
                finding.getRecoveredAt() == null ? Tone.ALARM : Tone.STRONG,
                2,
                "",
                Words.pod(finding) + " on " + finding.getNode() + ": " + finding.getState() + ", "
                        + Words.cause(finding) + " (" + Words.percent(finding.getConfidence()) + ")");
        page.line(4, "without   ", span(finding));
        page.line(4, "missing   ", Words.link(finding.getFirstMissing()));
        if (!finding.getProven().isEmpty()) {
            page.line(4, "proven    ", links(finding.getProven()));
        }
        if (finding.getPrediction() != null) {
            page.line(
                    4,
                    "next      ",
                    "attempt between " + moments.second(finding.getPrediction().getNotBefore()) + " and "
                            + moments.second(finding.getPrediction().getNotAfter()) + ", after "
                            + Words.count(finding.getPrediction().getAttempts(), "failed one", "failed ones")
                            + healedBy(finding));
        }
        if (finding.getPredictionOutcome() != null) {
            page.line(4, "came      ", came(finding.getPredictionOutcome()));
        }
        new ClockTable(finding.getClocks(), moments).print(page);
        List<Evidence> evidence = finding.getEvidence();
        for (int i = 0; i < evidence.size(); i++) {
            page.line(4, i == 0 ? "evidence  " : "          ", evidence(evidence.get(i)));
        }
        finding.getRuledOut()
                .forEach(out -> page.line(4, "not       ", out.getCause() + ", because " + out.getBecause()));
        finding.getAlternatives()
                .forEach(other -> page.line(
                        4, "or        ", other.getCause() + " (" + Words.percent(other.getConfidence()) + ")"));
        if (!finding.getNotCollected().isEmpty()) {
            page.line(4, "unseen    ", String.join(", ", finding.getNotCollected()) + " not collected");
        }
        if (finding.getHistory().size() > 1) {
            page.line(
                    4,
                    "earlier   ",
                    finding.getHistory().stream()
                            .map(h -> moments.second(h.getAt()) + " " + h.getCause())
                            .collect(Collectors.joining(", ")));
        }
        page.line(4, "runbook   ", runbook.on(finding.getCause()).path());
        page.line(4, "finding   ", finding.getId() + ", revision " + finding.getRevision());
    }

    private String healedBy(Finding finding) {
        Instant latest = finding.getPrediction().getHealedBy();
        return latest == null ? "" : "; if the server answers, synchronised by " + moments.second(latest);
    }

    private String came(PredictionOutcome outcome) {
        String off = Moments.length(Duration.ofMillis(Math.abs(outcome.getOffByMillis())));
        return "synchronised " + moments.second(outcome.getSucceededAt()) + ", "
                + (outcome.getOffByMillis() == 0
                        ? "within the predicted window"
                        : off + (outcome.getOffByMillis() < 0 ? " before" : " after") + " the predicted window");
    }

    private String span(Finding finding) {
        String text = "since " + moments.second(finding.getSince()) + ", detected "
                + moments.second(finding.getDetectedAt()) + " (after "
                + Moments.length(Duration.between(finding.getSince(), finding.getDetectedAt())) + ")";
        if (finding.getRecoveredAt() == null) {
            return text + ", not recovered";
        }
        return text + ", recovered " + moments.second(finding.getRecoveredAt()) + " (after "
                + Moments.length(Duration.between(finding.getSince(), finding.getRecoveredAt())) + ")"
                + (finding.getProof() == null ? "" : ", proof " + finding.getProof());
    }

    private static String links(List<Link> links) {
        return links.stream().sorted().map(Words::link).collect(Collectors.joining(", "));
    }

    private String evidence(Evidence evidence) {
        Origin origin = evidence.getRef() == null ? null : origins.get(evidence.getRef());
        return moments.milli(evidence.getAt()) + " " + evidence.getText()
                + (origin == null ? "" : " [" + Words.place(origin) + "]");
    }
}
