package io.svidflow.benchmark.lines;

import io.svidflow.producer.spire.MappedLine.Outcome;
import java.util.Locale;
import java.util.Map;

/**
 * What became of all lines.
 *
 * @param seed seed of the random choices
 * @param read lines given to the mappers
 * @param forms counts by form, in order of name
 * @param slowestMillis the slowest line, milliseconds
 * @param grownKib how much more memory was in use at the end than after the first tenth, KiB; may be negative
 */
public record LinesReport(long seed, long read, Map<String, Census> forms, long slowestMillis, long grownKib) {

    /** All forms together. */
    Census total() {
        return forms.values().stream().reduce(new Census(), Census::plus);
    }

    /** Whether every line has exactly one outcome. */
    public boolean addsUp() {
        Census total = total();
        long counted = 0;
        for (Outcome outcome : Outcome.values()) {
            counted += total.of(outcome);
        }
        return counted == read && total.lines() == read;
    }

    /** A table for people. */
    public String toText() {
        StringBuilder text = new StringBuilder("seed " + seed + "\n\n");
        text.append(row("form", "lines", "lines/s", "facts", "known", "unknown", "continued", "dead"));
        forms.forEach((form, census) -> text.append(row(form, census)));
        text.append(row("all", total()));
        text.append(
                "\n%,d lines in = facts + known + unknown + continued + dead letters: %s%nslowest line %d ms; memory %+d KiB since the first tenth%n"
                        .formatted(read, addsUp() ? "yes" : "NO", slowestMillis, grownKib));
        return text.toString();
    }

    private static String row(String form, Census census) {
        return row(
                form,
                number(census.lines()),
                number(census.speed()),
                number(census.of(Outcome.FACT)),
                number(census.of(Outcome.KNOWN)),
                number(census.of(Outcome.UNKNOWN)),
                number(census.of(Outcome.CONTINUATION)),
                number(census.of(Outcome.BROKEN)));
    }

    private static String number(long value) {
        return String.format(Locale.ROOT, "%,d", value);
    }

    private static String row(String form, String... columns) {
        StringBuilder row = new StringBuilder("%-18s".formatted(form));
        for (String column : columns) {
            row.append("%12s".formatted(column));
        }
        return row.append('\n').toString();
    }
}
