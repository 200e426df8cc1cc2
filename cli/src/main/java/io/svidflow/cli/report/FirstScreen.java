package io.svidflow.cli.report;

import io.svidflow.cli.report.Palette.Tone;
import io.svidflow.cli.runbook.Runbook;
import io.svidflow.cli.runbook.RunbookPage;
import io.svidflow.event.Finding;
import io.svidflow.event.IdentityState;
import io.svidflow.event.Incident;
import io.svidflow.event.Link;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;

/** What a person who was just woken reads first: which fault, since when, which pods, what to do. */
final class FirstScreen {

    /** Pods and faults beyond these are counted here and told below. */
    private static final int PODS = 6;

    private static final int FAULTS = 3;

    private final Verdict verdict;
    private final Moments moments;
    private final Page page;
    private final Runbook runbook;

    FirstScreen(Verdict verdict, Moments moments, Page page, Runbook runbook) {
        this.verdict = verdict;
        this.moments = moments;
        this.page = page;
        this.runbook = runbook;
    }

    void print() {
        IncidentSummary incident = verdict.incident();
        page.line(
                Tone.STRONG,
                0,
                "",
                incident.title().isEmpty() ? incident.id() : incident.id() + ": " + incident.title());
        page.line(0, place(incident));
        page.line(0, span(incident));
        page.blank();
        sentence();
        List<String> notCollected = verdict.facts().notCollected();
        if (!notCollected.isEmpty()) {
            page.line(0, "Not collected: ", String.join(", ", notCollected) + ". See below what that hides.");
        }
        List<Fault> faults = Fault.of(verdict.findings());
        faults.stream().limit(FAULTS).forEach(this::fault);
        if (faults.size() > FAULTS) {
            page.blank();
            page.line(2, Words.count(faults.size() - FAULTS, "more cause", "more causes") + " below");
        }
        behind(faults.stream().map(Fault::cause).collect(Collectors.toSet()));
        TestWindow.of(verdict).ifPresent(answer -> {
            page.blank();
            page.line(2, answer);
        });
    }

    private static String place(IncidentSummary incident) {
        return "cluster " + incident.cluster()
                + (incident.trustDomain() == null ? "" : ", trust domain " + incident.trustDomain())
                + (incident.spireVersion() == null ? "" : ", SPIRE " + incident.spireVersion());
    }

    private static String span(IncidentSummary incident) {
        String from = "from " + Moments.full(incident.start());
        return incident.end() == null
                ? from
                : from + " to " + Moments.full(incident.end()) + " ("
                        + Moments.length(Duration.between(incident.start(), incident.end())) + ")";
    }

    private void sentence() {
        long stuck = verdict.findings().stream()
                .filter(f -> f.getRecoveredAt() == null)
                .count();
        int all = verdict.findings().size();
        if (all == 0) {
            page.line(Tone.CALM, 0, "", "No pod was found without the identity it should have.");
        } else if (stuck == 0) {
            page.line(
                    Tone.CALM,
                    0,
                    "",
                    Words.count(all, "pod was", "pods were") + " without identity; all have recovered.");
        } else {
            page.line(
                    Tone.ALARM,
                    0,
                    "",
                    Words.count(stuck, "pod is", "pods are") + " without identity"
                            + (stuck < all ? ", " + (all - stuck) + " recovered." : "."));
        }
    }

    private void fault(Fault fault) {
        page.blank();
        page.line(
                Tone.STRONG, 2, fault.cause() + "  ", runbook.on(fault.cause()).meaning());
        page.line(4, "since   ", Moments.full(fault.since()));
        page.line(4, "broken  ", broken(fault));
        pods(fault);
        verdict.incidents().stream()
                .filter(incident -> incident.getCause().equals(fault.cause()))
                .flatMap(incident -> incident.getReasons().stream())
                .distinct()
                .forEach(reason -> page.line(4, "reason  ", reason));
        remedy(fault);
    }

    private static String broken(Fault fault) {
        return fault.findings().stream()
                .map(Finding::getFirstMissing)
                .filter(Objects::nonNull)
                .distinct()
                .sorted()
                .map((Link link) -> "link \"" + Words.link(link) + "\"")
                .collect(Collectors.collectingAndThen(
                        Collectors.joining(", "), text -> text.isEmpty() ? "not known" : text));
    }

    private void pods(Fault fault) {
        List<Finding> shown = fault.findings().stream().limit(PODS).toList();
        List<String> ends = shown.stream().map(FirstScreen::end).toList();
        for (int i = 0; i < shown.size(); i++) {
            String label = i == 0 ? "pods    " : "        ";
            page.line(
                    4,
                    label + Page.padded(ends.get(i), ends),
                    Words.pod(shown.get(i)) + " on " + shown.get(i).getNode());
        }
        if (fault.findings().size() > PODS) {
            page.line(4, "        ", "and " + (fault.findings().size() - PODS) + " more, see below");
        }
    }

    private static String end(Finding finding) {
        if (finding.getState() == IdentityState.UNKNOWN) {
            return "end not visible";
        }
        return finding.getRecoveredAt() == null
                ? "still without"
                : "recovered after " + Moments.length(Duration.between(finding.getSince(), finding.getRecoveredAt()));
    }

    private void remedy(Fault fault) {
        String next = fault.prediction()
                .map(p -> "attempt predicted between " + moments.second(p.getNotBefore()) + " and "
                        + moments.second(p.getNotAfter()) + ", after "
                        + Words.count(p.getAttempts(), "failed one", "failed ones"))
                .orElse("");
        if (!next.isEmpty()) {
            page.line(4, "next    ", next);
        }
        RunbookPage advice = runbook.on(fault.cause());
        String begin = fault.stuck() == 0 ? "nothing now, all have recovered; next time: " : "";
        List<String> remedies = fault.findings().stream()
                .map(finding -> advice.remedyOf(finding.getVariant()))
                .distinct()
                .toList();
        for (int i = 0; i < remedies.size(); i++) {
            page.line(4, i == 0 ? "do      " : "        ", (i == 0 ? begin : "") + remedies.get(i));
        }
        page.line(4, "read    ", advice.path());
    }

    /** Incidents whose cause is no finding's headline: what lies behind the findings. */
    private void behind(Set<String> told) {
        Set<String> seen = new HashSet<>(told);
        for (Incident incident : verdict.incidents()) {
            if (incident.getMergedInto() == null && seen.add(incident.getCause())) {
                page.blank();
                page.line(
                        Tone.STRONG,
                        2,
                        incident.getCause() + "  ",
                        runbook.on(incident.getCause()).meaning());
                page.line(4, "since   ", IncidentSection.span(incident, moments));
                incident.getReasons().forEach(reason -> page.line(4, "reason  ", reason));
                if (incident.getClosedAt() == null) {
                    page.line(4, "do      ", runbook.on(incident.getCause()).remedy());
                }
                page.line(4, "read    ", runbook.on(incident.getCause()).path());
            }
        }
    }
}
