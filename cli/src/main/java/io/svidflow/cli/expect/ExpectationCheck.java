package io.svidflow.cli.expect;

import io.svidflow.cli.report.Verdict;
import io.svidflow.event.Finding;
import io.svidflow.event.Incident;
import io.svidflow.event.RemediationAction;
import io.svidflow.event.RemediationCommand;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/** Compares a verdict with what was expected of it. */
public final class ExpectationCheck {

    /** Actions that change nothing in a cluster. */
    private static final Set<RemediationAction> HARMLESS = EnumSet.of(RemediationAction.WAIT, RemediationAction.NOTIFY);

    private final Expectation expectation;

    /** A check of one incident's expectation. */
    public ExpectationCheck(Expectation expectation) {
        this.expectation = expectation;
    }

    /** What is missing, wrong or too much, one sentence each; empty when the expectation is met. */
    public List<String> differences(Verdict verdict) {
        List<String> differences = new ArrayList<>();
        for (ExpectedFinding expected : expectation.findings()) {
            missing(expected, verdict.findings(), differences);
        }
        for (ExpectedIncident expected : expectation.incidents()) {
            missing(expected, verdict.incidents(), differences);
        }
        for (String pod : reportedPods(verdict)) {
            unexpected(pod, verdict.findings(), differences);
        }
        for (RemediationCommand command : verdict.commands()) {
            if (!HARMLESS.contains(command.getAction()) && !allowed(command)) {
                differences.add(command.getAction() + " was planned for " + target(command)
                        + ", but commands does not allow it");
            }
        }
        return differences;
    }

    private void missing(ExpectedFinding expected, List<Finding> findings, List<String> differences) {
        List<Finding> reported =
                findings.stream().filter(f -> expected.pod().matches(pod(f))).toList();
        if (reported.isEmpty()) {
            differences.add(expected.pod() + ": " + Causes.text(expected.cause()) + " was expected, but the pod was"
                    + " not reported");
            return;
        }
        List<String> complaints = reported.stream()
                .map(f -> FindingMismatch.of(expected, f)
                        .map(m -> pod(f) + ": " + m)
                        .orElse(""))
                .toList();
        if (!complaints.contains("")) {
            differences.addAll(complaints);
        }
    }

    private void missing(ExpectedIncident expected, List<Incident> incidents, List<String> differences) {
        List<Incident> reported = incidents.stream()
                .filter(i -> expected.cause().contains(i.getCause()))
                .toList();
        if (reported.isEmpty()) {
            differences.add("incident " + Causes.text(expected.cause()) + " was expected, but not reported");
            return;
        }
        List<String> complaints = reported.stream()
                .map(i -> IncidentMismatch.of(expected, i)
                        .map(m -> "incident " + i.getCause() + ": " + m)
                        .orElse(""))
                .toList();
        if (!complaints.contains("")) {
            differences.addAll(complaints);
        }
    }

    /** A pod of a glob must meet one of the expectations that name it: one right pod does not excuse a wrong one. */
    private void unexpected(String pod, List<Finding> findings, List<String> differences) {
        List<Finding> reported =
                findings.stream().filter(f -> pod(f).equals(pod)).toList();
        String what = reported.stream()
                .map(Finding::getCause)
                .distinct()
                .reduce((a, b) -> a + ", " + b)
                .orElseThrow();
        List<ExpectedFinding> named = expectation.findings().stream()
                .filter(e -> e.pod().matches(pod))
                .toList();
        if (matches(expectation.silent(), pod)) {
            differences.add(pod + ": reported as " + what + ", but must stay silent");
        } else if (!named.isEmpty()) {
            boolean met = named.stream().anyMatch(e -> reported.stream()
                    .anyMatch(f -> FindingMismatch.of(e, f).isEmpty()));
            if (!met && !matches(expectation.either(), pod)) {
                named.forEach(e -> reported.forEach(f -> FindingMismatch.of(e, f)
                        .map(m -> pod + ": " + m)
                        .filter(m -> !differences.contains(m))
                        .ifPresent(differences::add)));
            }
        } else if (!matches(expectation.either(), pod)) {
            differences.add(pod + ": reported as " + what + ", but is in no list of pods that may be");
        }
    }

    private boolean allowed(RemediationCommand command) {
        return expectation.commands().stream()
                .filter(allowed -> allowed.action().equals(command.getAction().name()))
                .anyMatch(allowed -> allowed.pod() == null || allowed.pod().matches(target(command)));
    }

    private static boolean matches(List<PodGlob> globs, String pod) {
        return globs.stream().anyMatch(glob -> glob.matches(pod));
    }

    private static Set<String> reportedPods(Verdict verdict) {
        Set<String> pods = new TreeSet<>();
        verdict.findings().forEach(f -> pods.add(pod(f)));
        return pods;
    }

    private static String pod(Finding finding) {
        return finding.getNamespace() + "/" + finding.getPod();
    }

    private static String target(RemediationCommand command) {
        return command.getPod() == null ? "node " + command.getNode() : command.getNamespace() + "/" + command.getPod();
    }
}
