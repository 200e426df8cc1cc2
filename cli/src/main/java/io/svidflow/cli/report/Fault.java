package io.svidflow.cli.report;

import static java.util.Comparator.comparing;

import io.svidflow.event.Finding;
import io.svidflow.event.Prediction;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/** The findings that share a headline cause: what the first screen has one paragraph for. */
record Fault(String cause, List<Finding> findings) {

    /** Faults with pods that are still without identity first, then by their beginning. */
    static List<Fault> of(List<Finding> findings) {
        Map<String, List<Finding>> byCause = new LinkedHashMap<>();
        findings.forEach(f ->
                byCause.computeIfAbsent(f.getCause(), c -> new ArrayList<>()).add(f));
        return byCause.entrySet().stream()
                .map(e -> new Fault(e.getKey(), e.getValue()))
                .sorted(comparing((Fault fault) -> fault.stuck() == 0)
                        .thenComparing(Fault::since)
                        .thenComparing(Fault::cause))
                .toList();
    }

    Instant since() {
        return findings.stream().map(Finding::getSince).min(Instant::compareTo).orElseThrow();
    }

    long stuck() {
        return findings.stream().filter(f -> f.getRecoveredAt() == null).count();
    }

    /** The span of all predicted windows and the most attempts that were counted. */
    Optional<Prediction> prediction() {
        List<Prediction> all = findings.stream()
                .map(Finding::getPrediction)
                .filter(Objects::nonNull)
                .toList();
        if (all.isEmpty()) {
            return Optional.empty();
        }
        return Optional.of(Prediction.newBuilder()
                .setNotBefore(all.stream()
                        .map(Prediction::getNotBefore)
                        .min(Instant::compareTo)
                        .orElseThrow())
                .setNotAfter(all.stream()
                        .map(Prediction::getNotAfter)
                        .max(Instant::compareTo)
                        .orElseThrow())
                .setHealedBy(all.stream()
                        .map(Prediction::getHealedBy)
                        .filter(Objects::nonNull)
                        .max(Instant::compareTo)
                        .orElse(null))
                .setAttempts(
                        all.stream().mapToInt(Prediction::getAttempts).max().orElseThrow())
                .build());
    }
}
