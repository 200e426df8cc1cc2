package io.svidflow.producer.spire.poll;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.TreeMap;
import java.util.function.Predicate;

/**
 * What a component tells of itself in the text format of Prometheus, version 0.0.4: comments, and one sample a line, e.g.
 * {@code name{label="value"} 12 1738801570000}.
 *
 * @param samples in the order in which they were told
 * @param odd lines that are none of these, with the reason
 */
record MetricsText(List<Sample> samples, Map<String, String> odd) {

    /**
     * One number.
     *
     * @param labels by name
     */
    record Sample(String name, Map<String, String> labels, double value) {}

    MetricsText {
        samples = List.copyOf(samples);
        odd = Map.copyOf(odd);
    }

    static MetricsText parse(String text) {
        List<Sample> samples = new ArrayList<>();
        Map<String, String> odd = new TreeMap<>();
        for (String line : text.lines().toList()) {
            if (!line.isBlank() && !line.startsWith("#")) {
                try {
                    samples.add(new Reading(line).sample());
                } catch (IllegalArgumentException e) {
                    odd.put(line, e.getMessage());
                }
            }
        }
        return new MetricsText(samples, odd);
    }

    /** Sum over the samples of a name that fit; empty if there are none. */
    OptionalDouble sum(String name, Predicate<Map<String, String>> labels) {
        double[] values = samples.stream()
                .filter(sample -> sample.name().equals(name) && labels.test(sample.labels()))
                .mapToDouble(Sample::value)
                .toArray();
        return values.length == 0
                ? OptionalDouble.empty()
                : OptionalDouble.of(Arrays.stream(values).sum());
    }

    /** One line, from its beginning to its end. */
    private static final class Reading {

        private final String line;
        private int at;

        Reading(String line) {
            this.line = line;
        }

        Sample sample() {
            String name = word("a name");
            Map<String, String> labels = new TreeMap<>();
            if (at < line.length() && line.charAt(at) == '{') {
                at++;
                while (!taken('}')) {
                    String label = word("a label");
                    expect('=');
                    expect('"');
                    labels.put(label, quoted());
                    if (!taken(',') && peek() != '}') {
                        throw odd("',' or '}'");
                    }
                }
            }
            String[] numbers = line.substring(at).strip().split("\\s+");
            if (numbers.length > 2 || numbers[0].isEmpty()) {
                throw odd("a number, and a time at most");
            }
            return new Sample(name, labels, number(numbers[0]));
        }

        private String word(String what) {
            skipBlanks();
            int start = at;
            while (at < line.length()
                    && (Character.isLetterOrDigit(line.charAt(at)) || "_:".indexOf(line.charAt(at)) >= 0)) {
                at++;
            }
            if (start == at || Character.isDigit(line.charAt(start))) {
                throw odd(what);
            }
            return line.substring(start, at);
        }

        private String quoted() {
            StringBuilder value = new StringBuilder();
            while (at < line.length() && line.charAt(at) != '"') {
                char next = line.charAt(at++);
                if (next == '\\' && at < line.length()) {
                    char escaped = line.charAt(at++);
                    value.append(escaped == 'n' ? '\n' : escaped);
                } else {
                    value.append(next);
                }
            }
            expect('"');
            return value.toString();
        }

        private static double number(String text) {
            return switch (text) {
                case "+Inf" -> Double.POSITIVE_INFINITY;
                case "-Inf" -> Double.NEGATIVE_INFINITY;
                default -> Double.parseDouble(text);
            };
        }

        private boolean taken(char wanted) {
            skipBlanks();
            if (peek() != wanted) {
                return false;
            }
            at++;
            return true;
        }

        private void expect(char wanted) {
            if (peek() != wanted) {
                throw odd("'" + wanted + "'");
            }
            at++;
        }

        private char peek() {
            return at < line.length() ? line.charAt(at) : '\0';
        }

        private void skipBlanks() {
            while (peek() == ' ' || peek() == '\t') {
                at++;
            }
        }

        private IllegalArgumentException odd(String wanted) {
            return new IllegalArgumentException(
                    "no sample in Prometheus' text format: at column " + (at + 1) + " " + wanted + " should stand");
        }
    }
}
