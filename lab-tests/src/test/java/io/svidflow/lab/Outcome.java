package io.svidflow.lab;

import io.svidflow.cli.replay.Conclusions;
import io.svidflow.event.Finding;
import io.svidflow.event.Incident;
import io.svidflow.producer.bundle.IncidentBundle;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/** What a run in the laboratory leaves behind: the bundle, and a page that says what was found. */
final class Outcome {

    private static final Path OUT = Path.of(System.getProperty("svidflow.lab.out", "target/lab"));

    private Outcome() {}

    /** An empty place for a bundle. */
    static Path folder(String name) throws IOException {
        Path folder = OUT.resolve(name);
        if (Files.exists(folder)) {
            try (Stream<Path> old = Files.walk(folder)) {
                for (Path file : old.sorted(Comparator.reverseOrder()).toList()) {
                    Files.delete(file);
                }
            }
        }
        Files.createDirectories(OUT);
        return folder;
    }

    /** Writes the page, {@code NAME.md}. */
    static void write(String name, IncidentBundle bundle, Observer observer) throws IOException {
        Conclusions found = observer.conclusions();
        StringBuilder page = new StringBuilder("# " + name + "\n\n")
                .append(bundle.manifest().start().truncatedTo(ChronoUnit.SECONDS))
                .append(" to ")
                .append(bundle.manifest().end().truncatedTo(ChronoUnit.SECONDS))
                .append(", SPIRE ")
                .append(Laboratory.version("SPIRE"))
                .append(", Kubernetes ")
                .append(Laboratory.version("KUBERNETES"))
                .append(", spire-controller-manager ")
                .append(Laboratory.version("CONTROLLER_MANAGER"))
                .append(", on ")
                .append(Runtime.getRuntime().availableProcessors())
                .append(" cores, which run all of it.\n\nLive and replay concluded the same.\n\n")
                .append("Findings: ")
                .append(found.findings().size())
                .append("\n\n");
        if (!found.findings().isEmpty()) {
            page.append("| pod | node | cause | since | deadline | said after | over after |\n")
                    .append("|---|---|---|---|---|---|---|\n");
        }
        for (Finding finding : sorted(found.findings())) {
            page.append(String.format(
                    "| %s/%s | %s | %s | %s | %s | %.1f s | %s |%n",
                    finding.getNamespace(),
                    finding.getPod(),
                    finding.getNode(),
                    finding.getCause(),
                    seconds(finding.getSince()),
                    seconds(finding.getDetectedAt()),
                    observer.delay(finding).toMillis() / 1000.0,
                    finding.getRecoveredAt() == null
                            ? "not"
                            : Duration.between(finding.getSince(), finding.getRecoveredAt())
                                            .toSeconds() + " s"));
        }
        page.append("\nIncidents: ").append(found.incidents().size()).append("\n\n");
        for (Incident incident : found.incidents()) {
            page.append(String.format(
                    "- %s, %s to %s, %d pods%n",
                    incident.getCause(),
                    seconds(incident.getOpenedAt()),
                    incident.getClosedAt() == null ? "the end" : seconds(incident.getClosedAt()),
                    incident.getPods()));
        }
        page.append("\nFacts: ").append(bundle.report().facts()).append("\n\n");
        bundle.report()
                .factsBySource()
                .forEach((source, facts) -> page.append(String.format("- %s: %d%n", source, facts)));
        Files.writeString(OUT.resolve(name + ".md"), page);
    }

    private static List<Finding> sorted(List<Finding> findings) {
        return findings.stream()
                .sorted(Comparator.comparing(Finding::getDetectedAt).thenComparing(Finding::getPod))
                .toList();
    }

    private static String seconds(Instant instant) {
        return instant.truncatedTo(ChronoUnit.SECONDS).toString();
    }
}
