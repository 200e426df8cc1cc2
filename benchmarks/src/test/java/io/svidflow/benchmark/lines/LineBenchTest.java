package io.svidflow.benchmark.lines;

import static org.assertj.core.api.Assertions.assertThat;

import io.svidflow.event.Origin;
import io.svidflow.event.OriginKind;
import io.svidflow.producer.log.LogLine;
import io.svidflow.producer.spire.MappedLine;
import io.svidflow.producer.spire.MappedLine.Outcome;
import io.svidflow.producer.spire.RawLine;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A small run of the bench, and what must hold for every line of its corpus. */
class LineBenchTest {

    /** Enough to hold every message in every form many times over. */
    private static final long LINES = 100_000;

    @Test
    void shouldAccountForEveryLine() {
        long seed = Long.getLong("svidflow.seed", System.nanoTime());
        System.out.println("Reproduce with: -Dsvidflow.seed=" + seed);

        LinesReport report = new LineBench(seed, doing -> {}).run(LINES);

        assertThat(report.addsUp()).isTrue();
        assertThat(report.read()).isGreaterThanOrEqualTo(LINES);
        assertThat(report.total().of(Outcome.FACT)).isPositive();
        assertThat(report.total().of(Outcome.BROKEN)).isPositive();
        assertThat(report.grownKib()).as("KiB kept after %d lines", LINES).isLessThan(32 * 1024);
    }

    @ParameterizedTest
    @EnumSource(Component.class)
    void shouldKnowEveryMessageOfTheCorpus(Component component) {
        List<String> strangers = new ArrayList<>();
        for (LogLine line : Corpus.of(component).parsed()) {
            String text = component.dresses().get(0).wear(line);
            if (outcome(component, text) == Outcome.UNKNOWN) {
                strangers.add(text);
            }
        }
        assertThat(strangers).isEmpty();
    }

    /** What a line means must not depend on how it was written down. */
    @ParameterizedTest
    @EnumSource(Component.class)
    void shouldReadTheSameInEveryForm(Component component) {
        for (LogLine line : Corpus.of(component).parsed()) {
            Outcome first = outcome(component, component.dresses().get(0).wear(line));
            for (Dress dress : component.dresses()) {
                assertThat(outcome(component, dress.wear(line)))
                        .as("%s: %s", dress, line)
                        .isEqualTo(first);
            }
        }
    }

    private static Outcome outcome(Component component, String text) {
        Origin origin = Origin.newBuilder()
                .setKind(OriginKind.FILE)
                .setLocation("some.log")
                .setLine(1L)
                .build();
        MappedLine mapped = component.mapper().map(new RawLine(text, origin, 1, Corpus.REFERENCE));
        return mapped.outcome();
    }
}
