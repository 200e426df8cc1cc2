package io.svidflow.cli.report;

import io.svidflow.cli.runbook.Runbook;
import io.svidflow.unreported.Explanation;
import java.util.ArrayList;
import java.util.List;

/**
 * A verdict as text of 100 columns. The first screen says which fault, since when, which pods and what to do; below it
 * stand each finding with its evidence, the incidents, the timeline and what went in. Times are UTC.
 */
public final class TextReport {

    private final Palette palette;

    /** A report with or without colours. */
    public TextReport(Palette palette) {
        this.palette = palette;
    }

    /** The whole report. */
    public String render(Verdict verdict) {
        return render(verdict, null);
    }

    /**
     * The whole report.
     *
     * @param explanation what was looked at and not reported; null: it is left out
     */
    public String render(Verdict verdict, Explanation explanation) {
        Page page = new Page(palette);
        Moments moments = new Moments(verdict.incident().start());
        Runbook runbook = new Runbook();
        new FirstScreen(verdict, moments, page, runbook).print();
        if (!verdict.findings().isEmpty()) {
            page.heading("FINDINGS");
            FindingSection section = new FindingSection(verdict.origins(), moments, page, runbook);
            verdict.findings().forEach(section::print);
        }
        if (!verdict.incidents().isEmpty()) {
            page.heading("INCIDENTS");
            IncidentSection section = new IncidentSection(moments, page);
            verdict.incidents().forEach(section::print);
        }
        Timeline timeline = new Timeline(verdict);
        if (!timeline.moments().isEmpty()) {
            page.heading("TIMELINE");
            timeline.print(page, moments);
        }
        if (explanation != null) {
            new UnreportedSection(moments, page).print(explanation);
        }
        page.heading("FACTS");
        facts(verdict.facts(), page);
        return page.toString();
    }

    private static void facts(FactCount facts, Page page) {
        page.line(
                2,
                Words.count(facts.in(), "fact", "facts") + ", "
                        + Words.count(facts.deadLettered(), "dead letter", "dead letters") + ", "
                        + Words.count(facts.unknownLines(), "unknown log line", "unknown log lines"));
        List<String> sources = new ArrayList<>(facts.bySource().keySet());
        facts.bySource().forEach((source, count) -> page.line(4, Page.padded(source, sources), count.toString()));
        if (!facts.notCollected().isEmpty()) {
            page.blank();
            page.line(2, "not collected");
            facts.notCollected()
                    .forEach(kind -> page.line(4, Page.padded(kind, facts.notCollected()), SourceAdvice.on(kind)));
        }
    }
}
