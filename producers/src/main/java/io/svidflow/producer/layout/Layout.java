package io.svidflow.producer.layout;

import io.svidflow.producer.bundle.IncidentManifest;
import io.svidflow.producer.coverage.SourceKind;
import java.util.List;
import java.util.Set;

/**
 * A SPIRE deployment as the objects and logs of a bundle show it at the end of the bundle's time.
 *
 * @param manifest what the bundle says about itself
 * @param files paths of the bundle's files: what is not there was not collected, which is not the same as absent
 * @param kubernetes nodes, pods and what controls them
 * @param spire agents and registration entries as the server lists them
 * @param logs what the logs give away about how the components are configured
 * @param skipped lines that could not be understood, each with file, line, problem and remedy
 */
public record Layout(
        IncidentManifest manifest,
        Set<String> files,
        KubernetesLayout kubernetes,
        SpireLayout spire,
        List<LogSigns> logs,
        List<String> skipped) {

    public Layout {
        files = Set.copyOf(files);
        logs = List.copyOf(logs);
        skipped = List.copyOf(skipped);
    }

    /** Whether objects of this kind were collected, e.g. {@code statefulsets}. */
    public boolean collected(String objects) {
        return files.contains("raw/" + objects + ".jsonl");
    }

    /** The logs of one kind. */
    public List<LogSigns> logs(SourceKind kind) {
        return logs.stream().filter(log -> log.kind() == kind).toList();
    }
}
