package io.svidflow.producer.bundle;

import io.svidflow.producer.EventHeaders;
import io.svidflow.producer.coverage.SourceKind;
import io.svidflow.producer.log.BoundedLines;
import io.svidflow.producer.log.BoundedLines.Line;
import io.svidflow.producer.spire.LogMapper;
import io.svidflow.producer.spire.LogMappers;
import io.svidflow.producer.spire.RawLine;
import java.io.IOException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** Tells whose log a file is that somebody pasted, by whose lines it is understood as. */
final class LogKind {

    private static final List<SourceKind> KINDS =
            List.of(SourceKind.AGENT_LOG, SourceKind.SERVER_LOG, SourceKind.CONTROLLER_MANAGER_LOG);

    /** Enough to tell; a log may be long. */
    private static final int LINES = 2000;

    private LogKind() {}

    /** @return the kind that understands most lines of the only file; the agent's if none understands any */
    static SourceKind of(BundleFiles files, String path, BundleLimits limits) {
        SourceKind best = SourceKind.AGENT_LOG;
        int most = 0;
        for (SourceKind kind : KINDS) {
            LogFile log = LogFile.of(path, kind);
            int understood = understood(files, log, limits);
            if (understood > most) {
                most = understood;
                best = kind;
            }
        }
        return best;
    }

    /** Lines with facts count for more: components share some of their plainer lines. */
    private static int understood(BundleFiles files, LogFile log, BundleLimits limits) {
        LogMapper mapper = new LogMappers(agent -> Optional.empty())
                .of(log.source(), new EventHeaders("unknown", log.source().name()));
        int understood = 0;
        try (BoundedLines lines = files.lines(log.path(), limits)) {
            for (Line line = lines.next(); line != null && line.number() <= LINES; line = lines.next()) {
                RawLine raw = new RawLine(
                        line.text(), new Place(log.path(), line.number()).origin(), line.number(), Instant.EPOCH);
                understood += switch (mapper.map(raw).outcome()) {
                    case FACT -> 3;
                    case KNOWN -> 1;
                    case UNKNOWN, CONTINUATION, BROKEN -> 0;
                };
            }
        } catch (IOException e) {
            throw BundleFiles.unreadable(log.path(), e);
        }
        return understood;
    }
}
