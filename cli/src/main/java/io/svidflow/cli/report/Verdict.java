package io.svidflow.cli.report;

import static java.util.Comparator.comparing;
import static java.util.Comparator.nullsFirst;

import io.svidflow.event.Finding;
import io.svidflow.event.Incident;
import io.svidflow.event.Origin;
import io.svidflow.event.Remediation;
import io.svidflow.event.RemediationCommand;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Function;

/**
 * Everything a run found. The lists are put in an order that depends on their content alone, so that equal facts give
 * equal reports.
 *
 * @param incident what was looked at
 * @param findings pods without identity, the latest revision of each
 * @param incidents faults, the latest revision of each
 * @param commands what should be done
 * @param remediations what came of the commands
 * @param refusals remedies that a guard refused
 * @param facts what went in
 * @param origins where the facts that evidence refers to were read, by fact id; may be incomplete
 */
public record Verdict(
        IncidentSummary incident,
        List<Finding> findings,
        List<Incident> incidents,
        List<RemediationCommand> commands,
        List<Remediation> remediations,
        List<Refusal> refusals,
        FactCount facts,
        Map<String, Origin> origins) {

    public Verdict {
        Objects.requireNonNull(incident, "incident");
        Objects.requireNonNull(facts, "facts");
        findings = sorted(
                findings,
                comparing(Finding::getSince)
                        .thenComparing(Finding::getNamespace)
                        .thenComparing(Finding::getPod)
                        .thenComparing(Finding::getId));
        incidents = sorted(incidents, comparing(Incident::getOpenedAt).thenComparing(Incident::getId));
        commands =
                sorted(commands, comparing(RemediationCommand::getIssuedAt).thenComparing(RemediationCommand::getId));
        remediations =
                sorted(remediations, comparing(Remediation::getOpenedAt).thenComparing(Remediation::getCommandId));
        refusals = sorted(
                refusals,
                comparing(Refusal::at)
                        .thenComparing(Refusal::cause)
                        .thenComparing(Refusal::action)
                        .thenComparing(Refusal::pod, nullsFirst(Comparator.naturalOrder()))
                        .thenComparing(Refusal::guard));
        origins = Map.copyOf(origins);
        requireUnique("finding", findings, Finding::getId);
        requireUnique("incident", incidents, Incident::getId);
        requireUnique("command", commands, RemediationCommand::getId);
        requireUnique("remediation", remediations, Remediation::getCommandId);
    }

    private static <T> List<T> sorted(List<T> items, Comparator<T> order) {
        return items.stream().sorted(order).toList();
    }

    private static <T> void requireUnique(String what, List<T> items, Function<T, String> id) {
        Set<String> seen = new HashSet<>();
        for (T item : items) {
            if (!seen.add(id.apply(item))) {
                throw new IllegalArgumentException(
                        what + " " + id.apply(item) + " is given twice; only its latest revision belongs here");
            }
        }
    }
}
