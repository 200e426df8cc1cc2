package io.svidflow.benchmark.lines;

import io.svidflow.producer.log.LineReading;
import io.svidflow.producer.log.LogLine;
import io.svidflow.producer.log.LogLineParser;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/**
 * Lines of one component: one of each message that was recorded, and messages of other versions in their own wording.
 *
 * @param component who wrote them
 * @param written the lines as written
 * @param parsed those of them that are lines by themselves, and not parts of a stack trace
 */
record Corpus(Component component, List<String> written, List<LogLine> parsed) {

    /** Near the time of the recorded lines. */
    static final Instant REFERENCE = Instant.parse("2026-11-23T12:00:00Z");

    static Corpus of(Component component) {
        List<String> written = read("/io/svidflow/benchmark/lines/" + component.label() + ".log");
        LogLineParser parser = new LogLineParser();
        List<LogLine> parsed = new ArrayList<>();
        for (String line : written) {
            if (parser.read(line, REFERENCE) instanceof LineReading.Parsed understood) {
                parsed.add(understood.line());
            }
        }
        return new Corpus(component, List.copyOf(written), List.copyOf(parsed));
    }

    private static List<String> read(String resource) {
        try (BufferedReader lines = new BufferedReader(new InputStreamReader(
                Objects.requireNonNull(Corpus.class.getResourceAsStream(resource), resource),
                StandardCharsets.UTF_8))) {
            return lines.lines().toList();
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read " + resource, e);
        }
    }
}
