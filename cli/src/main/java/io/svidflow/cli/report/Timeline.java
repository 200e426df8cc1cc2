package io.svidflow.cli.report;

import static java.util.Comparator.comparing;

import io.svidflow.event.Finding;
import io.svidflow.event.Incident;
import io.svidflow.event.Remediation;
import io.svidflow.event.RemediationCommand;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;

/** What happened, in the order of time. */
final class Timeline {

    private final Verdict verdict;

    Timeline(Verdict verdict) {
        this.verdict = verdict;
    }

    void print(Page page, Moments moments) {
        for (Moment moment : moments()) {
            page.line(2, moments.milli(moment.at()) + "  ", moment.what());
        }
    }

    List<Moment> moments() {
        return Stream.of(
                        verdict.incidents().stream().flatMap(Timeline::incident),
                        verdict.findings().stream().flatMap(Timeline::finding),
                        verdict.commands().stream().map(Timeline::command),
                        verdict.remediations().stream().flatMap(Timeline::remediation),
                        verdict.refusals().stream()
                                .map(r -> new Moment(
                                        r.at(), r.action() + " refused by " + r.guard() + ": " + r.because())))
                .flatMap(s -> s)
                .distinct()
                .sorted(comparing(Moment::at).thenComparing(Moment::what))
                .toList();
    }

    private static Stream<Moment> incident(Incident incident) {
        Stream<Moment> evidence = incident.getEvidence().stream().map(e -> new Moment(e.getAt(), e.getText()));
        Stream<Moment> ends = Stream.of(
                new Moment(incident.getOpenedAt(), "incident " + incident.getCause() + " opens"),
                new Moment(incident.getClosedAt(), "incident " + incident.getCause() + " is over"));
        return Stream.concat(evidence, ends).filter(Moment::known);
    }

    private static Stream<Moment> finding(Finding finding) {
        String pod = Words.pod(finding);
        Stream<Moment> changes = finding.getHistory().stream()
                .skip(1)
                .map(change -> new Moment(change.getAt(), pod + ": the headline becomes " + change.getCause()));
        Stream<Moment> ends = Stream.of(
                new Moment(finding.getSince(), pod + " on " + finding.getNode() + " is without identity"),
                new Moment(finding.getDetectedAt(), pod + " is reported"),
                new Moment(finding.getRecoveredAt(), pod + " obtains its identity"));
        return Stream.concat(changes, ends).filter(Moment::known);
    }

    private static Moment command(RemediationCommand command) {
        String target = command.getPod() == null
                ? command.getNode() == null ? "" : " for node " + command.getNode()
                : " for " + command.getNamespace() + "/" + command.getPod();
        return new Moment(command.getIssuedAt(), command.getAction() + target + ": " + command.getReason());
    }

    private static Stream<Moment> remediation(Remediation remediation) {
        return Stream.of(new Moment(
                        remediation.getClosedAt(),
                        remediation.getAction() + " for " + remediation.getCause() + " ends " + remediation.getState()
                                + ": " + remediation.getDetail()))
                .filter(Moment::known);
    }

    /** Something that happened; {@code at} is null when it did not. */
    record Moment(Instant at, String what) {

        boolean known() {
            return at != null;
        }
    }
}
