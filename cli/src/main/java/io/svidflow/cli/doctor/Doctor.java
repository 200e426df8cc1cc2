package io.svidflow.cli.doctor;

import static java.util.Comparator.comparing;

import io.svidflow.producer.layout.Layout;
import java.util.List;

/** Asks every question about a deployment; the gravest remarks come first. */
public final class Doctor {

    private static final List<Check> CHECKS = List.of(
            new DatastorePlacement(),
            new Redundancy(),
            new Spread(),
            new DisruptionBudgets(),
            new SharedFate(),
            new AgentsOnNodes(),
            new AgentLifetime(),
            new SvidLifetime(),
            new NodeTokens(),
            new Versions(),
            new EntryLoad(),
            new AuditLog(),
            new NamedRefusals(),
            new Synchronisation(),
            new CollectedState(),
            new LogAfterRecovery(),
            new RecoveryWait(),
            new ValidationWindow());

    private Doctor() {}

    /** The remarks, by severity, then in the order of the checks. */
    public static List<Remark> examine(Layout layout, Demands demands) {
        return CHECKS.stream()
                .flatMap(check -> check.look(layout, demands).stream())
                .sorted(comparing(Remark::severity))
                .toList();
    }
}
