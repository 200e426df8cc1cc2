package io.svidflow.producer.bundle;

import io.svidflow.producer.log.BoundedLines;
import io.svidflow.producer.log.BoundedLines.Line;
import io.svidflow.producer.spire.LogMapper;
import io.svidflow.producer.spire.MappedLine;
import io.svidflow.producer.spire.RawLine;
import java.io.IOException;
import java.time.Instant;

/** Gives the lines of a log, in the order written, to the mapper of that log. */
final class LogReading {

    private final BundleFiles files;
    private final BundleLimits limits;
    private final Instant reference;
    private final Intake intake;

    /** @param reference a time near those of the logs, such as the start of the incident */
    LogReading(BundleFiles files, BundleLimits limits, Instant reference, Intake intake) {
        this.files = files;
        this.limits = limits;
        this.reference = reference;
        this.intake = intake;
    }

    void read(LogFile log, LineChoice choice, LogMapper mapper) {
        String source = log.source().name();
        try (BoundedLines lines = files.lines(log.path(), limits)) {
            for (Line line = lines.next(); line != null; line = lines.next()) {
                if (!choice.takes(line)) {
                    continue;
                }
                Place place = new Place(log.path(), line.number());
                if (line.cut()) {
                    intake.broken(
                            source,
                            place,
                            line.text(),
                            "line of " + line.bytes() + " bytes is too long; SPIRE writes no line of more than 1 MiB");
                } else {
                    take(
                            source,
                            place,
                            line,
                            mapper.map(new RawLine(line.text(), place.origin(), line.number(), reference)));
                }
            }
        } catch (IOException e) {
            throw BundleFiles.unreadable(log.path(), e);
        }
    }

    private void take(String source, Place place, Line line, MappedLine mapped) {
        switch (mapped.outcome()) {
            case FACT -> intake.line(source, place, line.text(), mapped.facts());
            case KNOWN -> intake.known(place, line.text());
            case CONTINUATION -> intake.continuation();
            case BROKEN -> intake.broken(source, place, line.text(), mapped.reason());
            case UNKNOWN -> {
                if (line.ended()) {
                    intake.unknown(place, mapped.reason());
                } else {
                    intake.broken(
                            source,
                            place,
                            line.text(),
                            "the file ends in the middle of this line; copy the file again");
                }
            }
        }
    }
}
