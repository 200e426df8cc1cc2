package io.svidflow.cli.report;

import static java.util.Comparator.comparing;

import io.svidflow.cli.report.Palette.Tone;
import io.svidflow.event.Finding;
import io.svidflow.event.GuardDecision;
import io.svidflow.event.Remediation;
import io.svidflow.event.RemediationCommand;
import io.svidflow.event.RemediationRefusal;
import io.svidflow.event.RemediationState;
import io.svidflow.remediation.Ladder;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** What svidflow would have done in an incident: rung by rung, when, and why not earlier. */
public final class PlanReport {

    private final Palette palette;

    /** A report with or without colours. */
    public PlanReport(Palette palette) {
        this.palette = palette;
    }

    /**
     * The report.
     *
     * @param start when the incident begins
     * @param commands what would have been done
     * @param refusals what was refused, and when
     * @param remediations what the recording shows of the end
     */
    public String render(
            Instant start,
            List<Finding> findings,
            List<RemediationCommand> commands,
            List<RemediationRefusal> refusals,
            List<Remediation> remediations) {
        Page page = new Page(palette);
        Moments moments = new Moments(start);
        List<RemediationCommand> changes = commands.stream()
                .filter(command -> Ladder.mutates(command.getAction()))
                .toList();
        page.line(
                Tone.STRONG,
                0,
                "",
                changes.isEmpty()
                        ? "With everything allowed, svidflow would have changed nothing."
                        : "With everything allowed, svidflow would have changed "
                                + Words.count(changes.size(), "thing.", "things."));
        page.line(0, "Nothing was done: this is a recording, and it goes on as it went without svidflow.");
        for (Finding finding : findings.stream()
                .sorted(comparing(Finding::getSince).thenComparing(Finding::getPod))
                .toList()) {
            finding(finding, commands, refusals, remediations, page, moments);
        }
        return page.toString();
    }

    private static void finding(
            Finding finding,
            List<RemediationCommand> commands,
            List<RemediationRefusal> refusals,
            List<Remediation> remediations,
            Page page,
            Moments moments) {
        page.blank();
        page.line(
                Tone.STRONG,
                2,
                "",
                Words.pod(finding) + " on " + finding.getNode() + ": " + finding.getCause() + ", since "
                        + moments.second(finding.getSince()) + ", reported " + moments.second(finding.getDetectedAt()));
        page.line(4, "ladder    ", Ladder.of(finding).toString().replaceAll("[\\[\\]]", ""));
        TreeMap<Instant, List<Line>> lines = new TreeMap<>();
        commands.stream()
                .filter(command -> finding.getId().equals(command.getFindingId()))
                .forEach(command -> add(lines, command.getIssuedAt(), command(command)));
        refusals.stream()
                .filter(refusal -> finding.getId().equals(refusal.getFindingId()))
                .forEach(refusal -> add(lines, refusal.getAt(), refusal(refusal, moments)));
        remediations.stream()
                .filter(remediation -> finding.getId().equals(remediation.getFindingId()))
                .filter(remediation -> remediation.getClosedAt() != null)
                .forEach(remediation -> add(lines, remediation.getClosedAt(), end(remediation)));
        lines.forEach((at, told) -> told.stream()
                .sorted(Comparator.comparing(Line::rank))
                .forEach(line -> page.line(line.tone(), 4, moments.second(at) + "  ", line.words())));
        commands.stream()
                .filter(command -> finding.getId().equals(command.getFindingId()))
                .filter(command -> Ladder.mutates(command.getAction()))
                .forEach(command -> gain(finding, command, page));
    }

    private static void gain(Finding finding, RemediationCommand command, Page page) {
        Instant recovered = finding.getRecoveredAt();
        page.line(
                4,
                "without   ",
                recovered == null
                        ? "in the recording the pod did not recover"
                        : "in the recording the pod recovered by itself "
                                + Moments.length(Duration.between(command.getIssuedAt(), recovered)) + " later");
    }

    private record Line(int rank, Tone tone, String words) {}

    private static void add(Map<Instant, List<Line>> lines, Instant at, Line line) {
        lines.computeIfAbsent(at, time -> new java.util.ArrayList<>()).add(line);
    }

    private static Line command(RemediationCommand command) {
        boolean changes = Ladder.mutates(command.getAction());
        String budget = command.getBudget() == null
                ? ""
                : "; budget " + command.getBudget().getUsed() + " of "
                        + command.getBudget().getLimit();
        return new Line(
                2,
                changes ? Tone.ALARM : Tone.NORMAL,
                "rung " + command.getRung() + " " + command.getAction() + (changes ? ", would be done: " : ": ")
                        + command.getReason() + budget);
    }

    private static Line refusal(RemediationRefusal refusal, Moments moments) {
        GuardDecision guard = refusal.getRefusal();
        String again = guard.getNextEvaluationAt() == null
                ? ""
                : "; asked again at " + moments.second(guard.getNextEvaluationAt()) + " at the latest";
        String others = refusal.getOthers().isEmpty()
                ? ""
                : " (and " + Words.count(refusal.getOthers().size(), "other guard", "other guards") + ")";
        return new Line(
                1,
                Tone.NORMAL,
                "rung " + refusal.getRung() + " " + refusal.getAction() + ", not yet: " + guard.getGuard() + ": "
                        + guard.getBecause() + again + others);
    }

    private static Line end(Remediation remediation) {
        boolean unanswered =
                Ladder.mutates(remediation.getAction()) && remediation.getState() == RemediationState.EXPIRED;
        String words = unanswered ? "nobody carries it out in a recording" : remediation.getDetail();
        return new Line(0, Tone.NORMAL, remediation.getAction() + " ends " + remediation.getState() + ": " + words);
    }
}
