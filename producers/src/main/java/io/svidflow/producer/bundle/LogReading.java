package io.svidflow.producer.bundle;

import io.svidflow.producer.log.BoundedLines;
import io.svidflow.producer.log.BoundedLines.Line;
import io.svidflow.producer.log.PartialLines;
import io.svidflow.producer.log.PartialLines.Whole;
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
        PartialLines parts = new PartialLines();
        try (BoundedLines lines = files.lines(log.path(), limits)) {
            for (Line line = lines.next(); line != null; line = lines.next()) {
                if (!choice.takes(line)) {
                    continue;
                }
                if (line.cut()) {
                    intake.broken(
                            source,
                            new Place(log.path(), line.number()),
                            line.text(),
                            "line of " + line.bytes() + " bytes is too long; SPIRE writes no line of more than 1 MiB");
                } else {
                    for (Whole whole : parts.add(line.text(), line.number())) {
                        take(log, whole, line.ended(), mapper);
                    }
                }
            }
            for (Whole whole : parts.flush()) {
                take(log, whole, true, mapper);
            }
        } catch (IOException e) {
            throw BundleFiles.unreadable(log.path(), e);
        }
    }

    private void take(LogFile log, Whole line, boolean ended, LogMapper mapper) {
        String source = log.source().name();
        Place place = new Place(log.path(), line.number());
        MappedLine mapped = mapper.map(new RawLine(line.text(), place.origin(), line.number(), reference));
        for (int part = 1; part < line.parts(); part++) {
            intake.continuation();
        }
        switch (mapped.outcome()) {
            case FACT -> intake.line(source, place, line.text(), mapped.facts());
            case KNOWN -> intake.known(place, line.text());
            case CONTINUATION -> intake.continuation();
            case BROKEN -> intake.broken(source, place, line.text(), mapped.reason());
            case UNKNOWN -> {
                if (ended) {
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
