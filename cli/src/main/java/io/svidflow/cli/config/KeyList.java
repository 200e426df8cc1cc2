package io.svidflow.cli.config;

import java.util.ArrayList;
import java.util.List;

/** Every key of the configuration, documented: for a terminal, and as the page {@code docs/configuration.md}. */
public final class KeyList {

    private static final int WIDTH = 96;
    private static final String INDENT = "    ";

    private final List<Key<?>> keys;

    public KeyList(List<Key<?>> keys) {
        this.keys = List.copyOf(keys);
    }

    /** One paragraph a key. */
    public String text() {
        StringBuilder text = new StringBuilder();
        for (Key<?> key : keys) {
            text.append(key.path())
                    .append("  (")
                    .append(key.form().name())
                    .append(standing(key))
                    .append(")\n");
            wrapped(key.meaning())
                    .forEach(line -> text.append(INDENT).append(line).append('\n'));
            if (!key.variables().isEmpty()) {
                text.append(INDENT).append(String.join(" or ", key.variables())).append('\n');
            }
        }
        return text.toString();
    }

    /** A page of the documentation. */
    public String markdown() {
        StringBuilder page = new StringBuilder("""
                # Configuration

                One YAML file, `svidflow run ... --config FILE` or `SVIDFLOW_CONFIG=FILE`. Each key is overridden by an
                environment variable; keys in lists of blocks (`[]`) have none. What is wrong is told all at once, and a name
                that nobody reads is wrong. `svidflow run producers --check` tries what the configuration names.

                This page is what `svidflow config --format markdown` prints.

                | key | value | if left out | meaning |
                |---|---|---|---|
                """);
        for (Key<?> key : keys) {
            page.append("| `").append(key.path()).append('`');
            key.variables()
                    .forEach(variable -> page.append("<br>`").append(variable).append('`'));
            page.append(" | ").append(key.form().name());
            page.append(" | ").append(leftOut(key));
            page.append(" | ").append(key.meaning().replace("|", "\\|"));
            page.append(key.fallback().isPresent() ? "" : " E.g. `" + key.example() + "`.")
                    .append(" |\n");
        }
        return page.toString();
    }

    private static String standing(Key<?> key) {
        if (key.required()) {
            return ", required, e.g. " + key.example();
        }
        return key.fallback().map(value -> ", " + value + " if left out").orElse(", e.g. " + key.example());
    }

    private static String leftOut(Key<?> key) {
        return key.required()
                ? "**required**"
                : key.fallback().map(value -> "`" + value + "`").orElse("");
    }

    private static List<String> wrapped(String text) {
        List<String> lines = new ArrayList<>();
        StringBuilder line = new StringBuilder();
        for (String word : text.split(" ", -1)) {
            if (line.length() + word.length() + 1 > WIDTH - INDENT.length() && line.length() > 0) {
                lines.add(line.toString());
                line.setLength(0);
            }
            line.append(line.length() == 0 ? "" : " ").append(word);
        }
        lines.add(line.toString());
        return lines;
    }
}
