package io.svidflow.producer.bundle;

import io.svidflow.producer.layout.LogSigns;
import io.svidflow.producer.log.BoundedLines;
import io.svidflow.producer.log.BoundedLines.Line;
import io.svidflow.producer.log.LineReading;
import io.svidflow.producer.log.LogLine;
import io.svidflow.producer.log.LogLineParser;
import java.io.IOException;
import java.time.Instant;
import java.util.List;

/** Goes through a log once and gathers what it gives away about the configuration behind it. */
final class LogSignsReader {

    private final LogLineParser parser = new LogLineParser();
    private final BundleFiles files;
    private final BundleLimits limits;
    private final Instant reference;
    private final List<String> skipped;

    LogSignsReader(BundleFiles files, BundleLimits limits, Instant reference, List<String> skipped) {
        this.files = files;
        this.limits = limits;
        this.reference = reference;
        this.skipped = skipped;
    }

    LogSigns read(LogFile log) {
        LogSignsCount count = new LogSignsCount();
        long broken = 0;
        try (BoundedLines lines = files.lines(log.path(), limits)) {
            for (Line line = lines.next(); line != null; line = lines.next()) {
                LineReading reading = parser.read(line.text(), reference);
                if (reading instanceof LineReading.Parsed parsed) {
                    LogLine understood = parsed.line();
                    count.add(understood);
                } else if (reading instanceof LineReading.Broken) {
                    broken++;
                }
            }
        } catch (IOException e) {
            throw BundleFiles.unreadable(log.path(), e);
        }
        if (broken > 0) {
            skipped.add(log.path() + ": " + broken + " lines are no log lines");
        }
        return count.signs(log.source().kind(), log.source().member());
    }
}
