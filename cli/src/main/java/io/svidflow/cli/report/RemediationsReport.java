package io.svidflow.cli.report;

import static java.util.Comparator.comparing;

import io.svidflow.cli.report.Palette.Tone;
import io.svidflow.event.GuardDecision;
import io.svidflow.event.Remediation;
import io.svidflow.event.RemediationControl;
import io.svidflow.event.RemediationRefusal;
import io.svidflow.remediation.Ladder;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.TreeMap;

/** What remediation did, did not do, and was told to: a list, or one case with everything that led to it. */
public final class RemediationsReport {

    private final Palette palette;

    /** A report with or without colours. */
    public RemediationsReport(Palette palette) {
        this.palette = palette;
    }

    /**
     * The list, the latest first.
     *
     * @param since nothing older than this
     */
    public String list(
            List<Remediation> remediations,
            List<RemediationRefusal> refusals,
            List<RemediationControl> wishes,
            Instant since) {
        Page page = new Page(palette);
        List<Remediation> shown = remediations.stream()
                .filter(remediation -> !remediation.getOpenedAt().isBefore(since))
                .sorted(comparing(Remediation::getOpenedAt).reversed().thenComparing(Remediation::getCommandId))
                .toList();
        page.heading("REMEDIATIONS since " + Moments.full(since));
        if (shown.isEmpty()) {
            page.line(2, "none");
        }
        for (Remediation remediation : shown) {
            page.blank();
            page.line(
                    Ladder.mutates(remediation.getAction()) ? Tone.STRONG : Tone.NORMAL,
                    2,
                    "",
                    Moments.full(remediation.getOpenedAt()) + "  " + remediation.getState() + "  "
                            + remediation.getAction() + " for " + remediation.getCause() + ", pod "
                            + remediation.getNamespace() + "/" + remediation.getPod() + " on "
                            + remediation.getNode());
            page.line(4, remediation.getDetail());
            page.line(4, "id ", remediation.getCommandId());
        }
        List<RemediationRefusal> refused = refusals.stream()
                .filter(refusal -> !refusal.getAt().isBefore(since))
                .sorted(comparing(RemediationRefusal::getAt).reversed().thenComparing(RemediationRefusal::getId))
                .toList();
        page.heading("REFUSALS");
        if (refused.isEmpty()) {
            page.line(2, "none");
        }
        for (RemediationRefusal refusal : refused) {
            page.line(
                    2,
                    Moments.full(refusal.getAt()) + "  ",
                    refusal.getAction() + " for pod " + refusal.getNamespace() + "/" + refusal.getPod() + ": "
                            + decision(refusal.getRefusal()) + " [" + refusal.getId() + "]");
        }
        page.heading("OPERATORS");
        List<RemediationControl> told = wishes.stream()
                .filter(wish -> !wish.getAt().isBefore(since))
                .sorted(comparing(RemediationControl::getAt).reversed())
                .toList();
        if (told.isEmpty()) {
            page.line(2, "none");
        }
        told.forEach(wish -> page.line(2, Moments.full(wish.getAt()) + "  ", words(wish)));
        return page.toString();
    }

    /**
     * One case.
     *
     * @param remediations those of the case
     * @param refusals those of the case
     * @param wishes those that concern it
     */
    public String explain(
            List<Remediation> remediations, List<RemediationRefusal> refusals, List<RemediationControl> wishes) {
        Page page = new Page(palette);
        TreeMap<Instant, List<String>> story = new TreeMap<>();
        refusals.forEach(refusal -> {
            add(story, refusal.getAt(), refusal.getAction() + " refused: " + decision(refusal.getRefusal()));
            refusal.getOthers().forEach(other -> add(story, refusal.getAt(), "  also refused: " + decision(other)));
        });
        remediations.forEach(remediation -> remediation
                .getHistory()
                .forEach(step -> add(
                        story,
                        step.getAt(),
                        remediation.getAction() + " " + step.getState() + ", by " + step.getBy() + ": "
                                + step.getDetail())));
        wishes.forEach(wish -> add(story, wish.getAt(), words(wish)));
        for (Remediation remediation : remediations) {
            page.blank();
            page.line(
                    Tone.STRONG,
                    0,
                    "",
                    remediation.getAction() + " for " + remediation.getCause() + ": " + remediation.getState());
            page.line(
                    2,
                    "pod        ",
                    remediation.getNamespace() + "/" + remediation.getPod() + " on " + remediation.getNode());
            if (remediation.getTarget() != null) {
                page.line(
                        2,
                        "target     ",
                        remediation.getTarget().getKind() + " "
                                + remediation.getTarget().getNamespace() + "/"
                                + remediation.getTarget().getName() + ", UID "
                                + remediation.getTarget().getUid());
            }
            page.line(
                    2,
                    "mode       ",
                    remediation.getMode() + ", rung " + remediation.getRung() + ", attempt "
                            + remediation.getAttempt());
            effect(remediation, page);
            page.line(2, "command    ", remediation.getCommandId());
            page.line(2, "finding    ", remediation.getFindingId());
            if (!remediation.getGuards().isEmpty()) {
                page.line(2, "guards     ", "asked before it was issued:");
                remediation.getGuards().forEach(guard -> page.line(4, decision(guard)));
            }
        }
        page.heading("STORY");
        story.forEach((at, lines) -> lines.forEach(line -> page.line(2, Moments.full(at) + "  ", line)));
        return page.toString();
    }

    private static void effect(Remediation remediation, Page page) {
        if (remediation.getExecutedAt() != null) {
            page.line(2, "done       ", Moments.full(remediation.getExecutedAt()));
        }
        if (remediation.getRecoveredAt() != null || remediation.getProof() != null) {
            page.line(
                    2,
                    "proof      ",
                    (remediation.getProof() == null
                                    ? "none"
                                    : remediation.getProof().name())
                            + (remediation.getRecoveredAt() == null
                                    ? ""
                                    : ", the pod had its identity at " + Moments.full(remediation.getRecoveredAt())));
        }
        page.line(
                2,
                "time saved ",
                remediation.getSavedSeconds() == null
                        ? "not known, or none"
                        : "up to " + Moments.length(Duration.ofSeconds(remediation.getSavedSeconds())));
    }

    private static void add(TreeMap<Instant, List<String>> story, Instant at, String line) {
        story.computeIfAbsent(at, time -> new java.util.ArrayList<>()).add(line);
    }

    private static String decision(GuardDecision decision) {
        String numbers = decision.getNumbers().isEmpty() ? "" : " " + new java.util.TreeMap<>(decision.getNumbers());
        String next = decision.getNextEvaluationAt() == null
                ? ""
                : ", asked again at " + Moments.full(decision.getNextEvaluationAt());
        return decision.getGuard()
                + (decision.getPassed() ? " passed: " : ": ")
                + decision.getBecause()
                + numbers
                + next;
    }

    private static String words(RemediationControl wish) {
        String about = (wish.getMode() == null ? "" : " " + wish.getMode())
                + (wish.getCause() == null ? "" : " for " + wish.getCause())
                + (wish.getNamespace() == null ? "" : " in namespace " + wish.getNamespace())
                + (wish.getCommandId() == null ? "" : " of " + wish.getCommandId())
                + (wish.getSubject() == null ? "" : " of " + wish.getSubject())
                + (wish.getExpiresAt() == null ? "" : " until " + Moments.full(wish.getExpiresAt()));
        return wish.getKind() + about + " by " + wish.getOperator() + ": " + wish.getReason();
    }
}
