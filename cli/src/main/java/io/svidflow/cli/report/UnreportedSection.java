package io.svidflow.cli.report;

import io.svidflow.unreported.Explanation;
import io.svidflow.unreported.Reason;
import io.svidflow.unreported.Unreported;
import java.time.Duration;
import java.util.List;

/** What was looked at and is no finding, by reason. */
final class UnreportedSection {

    private final Moments moments;
    private final Page page;

    UnreportedSection(Moments moments, Page page) {
        this.moments = moments;
        this.page = page;
    }

    void print(Explanation explanation) {
        page.heading("LOOKED AT AND NOT REPORTED");
        inTime(explanation.inTime());
        for (Reason reason : Reason.values()) {
            List<Unreported> items = explanation.items().stream()
                    .filter(item -> item.reason() == reason)
                    .toList();
            if (!items.isEmpty()) {
                page.blank();
                page.line(2, reason.label() + ": " + reason.meaning());
                items.forEach(this::item);
            }
        }
    }

    private void inTime(List<Duration> lengths) {
        if (lengths.isEmpty()) {
            page.line(2, "No pod was seen to obtain its identity in time.");
            return;
        }
        page.line(
                2,
                Words.count(lengths.size(), "pod", "pods") + " obtained an identity in time: half of them within "
                        + Moments.length(lengths.get((lengths.size() - 1) / 2)) + " of their start, the last after "
                        + Moments.length(lengths.get(lengths.size() - 1)) + ".");
    }

    private void item(Unreported item) {
        String place = item.node() == null || item.node().equals(item.subject()) ? "" : " on " + item.node();
        page.line(4, moments.second(item.from()) + "  ", item.subject() + place + ": " + item.text());
    }
}
