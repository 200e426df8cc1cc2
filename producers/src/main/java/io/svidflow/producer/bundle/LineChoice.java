package io.svidflow.producer.bundle;

import io.svidflow.producer.coverage.Source;
import io.svidflow.producer.coverage.SourceKind;
import io.svidflow.producer.log.BoundedLines.Line;
import io.svidflow.producer.log.Level;
import io.svidflow.producer.log.LineReading.Parsed;
import io.svidflow.producer.log.LogLine;
import io.svidflow.producer.log.LogLineParser;
import java.time.Instant;
import java.util.Random;

/** Which lines of one log are read. */
final class LineChoice {

    private final boolean audit;
    private final boolean debug;
    private final boolean info;
    private final double lost;
    private final Random random;
    private final LogLineParser parser = new LogLineParser();

    LineChoice(Selection selection, Source source) {
        audit = !selection.without().contains(BundlePart.AUDIT) || source.kind() != SourceKind.SERVER_LOG;
        debug = !selection.without().contains(BundlePart.DEBUG) || source.kind() == SourceKind.CONTROLLER_MANAGER_LOG;
        info = !selection.without().contains(BundlePart.AGENT_INFO) || source.kind() != SourceKind.AGENT_LOG;
        lost = selection.lost();
        // each log loses lines of its own, whatever other logs there are
        random = new Random(selection.seed() * 31 + source.name().hashCode());
    }

    /** Asked once for each line, in the order written. */
    boolean takes(Line line) {
        boolean survives = lost == 0 || random.nextDouble() >= lost;
        return survives && (audit && debug && info || written(line));
    }

    /** Whether the program would have written the line with its audit or debug log off, or at level error alone. */
    private boolean written(Line line) {
        if (!(parser.read(line.text(), Instant.EPOCH) instanceof Parsed parsed)) {
            return true;
        }
        LogLine read = parsed.line();
        boolean isAudit = read.field("type").filter("audit"::equals).isPresent();
        boolean isDebug = read.level() == Level.DEBUG || read.level() == Level.TRACE;
        boolean isInfo = isDebug || read.level() == Level.INFO || read.level() == Level.WARNING;
        return (audit || !isAudit) && (debug || !isDebug) && (info || !isInfo);
    }
}
