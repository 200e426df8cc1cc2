package io.svidflow.cli.source;

import io.svidflow.cli.config.Form;
import io.svidflow.cli.config.Key;
import io.svidflow.producer.coverage.Source;
import io.svidflow.producer.coverage.SourceKind;
import io.svidflow.producer.process.ProcPods;
import io.svidflow.producer.spire.LogMappers;
import io.svidflow.producer.spire.PodProcesses;
import io.svidflow.producer.spire.RawLines;
import java.nio.file.Path;
import java.util.Collection;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/** What the sources of logs have in common. */
final class Logs {

    /** What a log is. */
    enum Kind {
        AGENT_LOG,
        SERVER_LOG,
        CONTROLLER_MANAGER_LOG;

        SourceKind source() {
            return SourceKind.valueOf(name());
        }
    }

    static final Form<Kind> KIND = Form.choice(Kind.class);

    static final Key<Path> PROC = Key.optional(
            "sources.logs.proc",
            Form.PATH,
            "/host/proc",
            "The node's /proc, where this process runs on the node whose agent's log it reads: it tells which pod a pid is"
                    + " of. Left out: refusals that name only a pid stay with the node.");

    private Logs() {}

    static LogMappers mappers(Surroundings around, Optional<Path> proc) {
        RawLines raw = around.raw().isPresent() ? around.raw().get() : RawLines.NONE;
        PodProcesses processes = proc.isPresent() ? new ProcPods(proc.get(), around.clock()) : PodProcesses.NONE;
        return new LogMappers(around.directory(), processes, raw);
    }

    /** Kinds that belong to nodes. */
    static Set<SourceKind> ofNodes(Collection<SourceKind> kinds) {
        Set<SourceKind> ofNodes = new TreeSet<>(kinds);
        ofNodes.removeIf(SourceKind::clusterWide);
        return ofNodes;
    }

    /** Sources of pods that are named, as far as they speak for the cluster. */
    static Optional<Source> ofPod(SourceKind kind, String member) {
        return kind.clusterWide() && !member.isBlank() ? Optional.of(new Source(kind, member)) : Optional.empty();
    }
}
