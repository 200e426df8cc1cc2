package io.svidflow.producer.spire;

import io.svidflow.producer.Publication;
import io.svidflow.producer.log.LineReading;
import io.svidflow.producer.log.LineReading.Broken;
import io.svidflow.producer.log.LineReading.Parsed;
import io.svidflow.producer.log.LogLine;
import io.svidflow.producer.log.LogLineParser;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/** Takes the lines of one log through the parser and to their meaning, and counts each as exactly one outcome. */
final class LogReader {

    private final LogLineParser parser = new LogLineParser();
    private Instant last;

    /**
     * @param raw next line of the log
     * @param facts the facts in a line, empty if its message is a new one
     */
    MappedLine read(RawLine raw, Function<TimedLine, Optional<List<Publication>>> facts) {
        LineReading reading = parser.read(raw.text(), raw.reference());
        if (reading instanceof Broken broken) {
            return MappedLine.broken(broken.reason());
        }
        if (!(reading instanceof Parsed parsed)) {
            return MappedLine.continuation();
        }
        TimedLine line = new TimedLine(parsed.line(), time(parsed.line(), raw), raw);
        return facts.apply(line)
                .map(found -> found.isEmpty() ? MappedLine.known() : MappedLine.facts(found))
                .orElseGet(() -> MappedLine.unknown(line.message()));
    }

    Optional<Instant> reached() {
        return Optional.ofNullable(last);
    }

    private Instant time(LogLine line, RawLine raw) {
        if (line.time() != null) {
            last = line.time();
        } else if (last == null) {
            last = raw.reference();
        }
        return last;
    }
}
