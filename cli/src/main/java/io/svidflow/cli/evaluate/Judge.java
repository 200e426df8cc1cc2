package io.svidflow.cli.evaluate;

import io.svidflow.cli.evaluate.Judgement.ExpectedFault;
import io.svidflow.cli.evaluate.Judgement.FalseAlarm;
import io.svidflow.cli.expect.Expectation;
import io.svidflow.cli.expect.ExpectationCheck;
import io.svidflow.cli.expect.ExpectedFinding;
import io.svidflow.cli.expect.PodGlob;
import io.svidflow.cli.report.Verdict;
import io.svidflow.event.Alternative;
import io.svidflow.event.Finding;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Compares a verdict with what is known of its incident, pod by pod. */
final class Judge {

    private final Expectation expectation;

    Judge(Expectation expectation) {
        this.expectation = expectation;
    }

    /** @param pods every pod that the bundle tells of, as namespace/name */
    Judgement judge(Verdict verdict, Set<String> pods) {
        TreeMap<String, List<Finding>> reported = verdict.findings().stream()
                .collect(Collectors.groupingBy(Judge::pod, TreeMap::new, Collectors.toList()));
        List<Call> calls = new ArrayList<>();
        List<FalseAlarm> falseAlarms = new ArrayList<>();
        reported.forEach((pod, findings) -> {
            List<String> right = expectedOf(pod);
            if (matches(expectation.silent(), pod) || (right.isEmpty() && !matches(expectation.either(), pod))) {
                findings.forEach(f -> falseAlarms.add(new FalseAlarm(pod, f.getCause(), f.getConfidence())));
            } else if (!right.isEmpty()) {
                calls.add(best(pod, right, findings));
            }
        });
        for (ExpectedFinding expected : expectation.findings()) {
            if (reported.keySet().stream().noneMatch(expected.pod()::matches)) {
                calls.add(new Call(expected.pod().toString(), expected.cause(), null, 0, List.of(), null));
            }
        }
        int silent = (int) pods.stream()
                .filter(pod -> matches(expectation.silent(), pod) && !reported.containsKey(pod))
                .count();
        return new Judgement(
                verdict.incident().id(),
                calls,
                falseAlarms,
                silent,
                faults(verdict),
                PredictionErrors.of(verdict.findings()),
                new ExpectationCheck(expectation).differences(verdict));
    }

    private List<ExpectedFault> faults(Verdict verdict) {
        return expectation.incidents().stream()
                .map(expected -> new ExpectedFault(
                        expected.cause(), verdict.incidents().stream().anyMatch(incident -> expected.cause()
                                .contains(incident.getCause()))))
                .toList();
    }

    /** Headlines that are right for the pod; none when it is not expected to be reported. */
    private List<String> expectedOf(String pod) {
        return expectation.findings().stream()
                .filter(expected -> expected.pod().matches(pod))
                .flatMap(expected -> expected.cause().stream())
                .distinct()
                .toList();
    }

    /** A pod may have been without identity more than once; what is expected of it is asked of one time. */
    private Call best(String pod, List<String> right, List<Finding> findings) {
        return findings.stream()
                .map(finding -> call(pod, right, finding))
                .min(Comparator.comparing(Call::outcome))
                .orElseThrow();
    }

    private Call call(String pod, List<String> right, Finding finding) {
        Instant fault = expectation.fault();
        Instant began = fault == null || fault.isBefore(finding.getSince()) ? finding.getSince() : fault;
        List<String> firstThree = Stream.concat(
                        Stream.of(finding.getCause()),
                        finding.getAlternatives().stream().map(Alternative::getCause))
                .limit(3)
                .toList();
        return new Call(
                pod,
                right,
                finding.getCause(),
                finding.getConfidence(),
                firstThree,
                Duration.between(began, finding.getDetectedAt()));
    }

    private static boolean matches(List<PodGlob> globs, String pod) {
        return globs.stream().anyMatch(glob -> glob.matches(pod));
    }

    private static String pod(Finding finding) {
        return finding.getNamespace() + "/" + finding.getPod();
    }
}
