package io.svidflow.cli.evaluate;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** How a table is written: the first column to the left, numbers to the right. */
enum Table {
    /** In columns. */
    PLAIN("  ", "", ""),
    /** As Markdown reads it. */
    MARKDOWN(" | ", "| ", " |");

    private final String between;
    private final String before;
    private final String after;

    Table(String between, String before, String after) {
        this.between = between;
        this.before = before;
        this.after = after;
    }

    /** The lines of a table, each without its end. */
    List<String> lines(List<String> headings, List<List<String>> rows) {
        List<List<String>> all =
                Stream.concat(Stream.of(headings), rows.stream()).toList();
        List<String> lines = new ArrayList<>();
        all.forEach(row -> lines.add(line(row, all)));
        if (this == MARKDOWN) {
            lines.add(1, "|" + "---|".repeat(headings.size()));
        }
        return lines;
    }

    private String line(List<String> row, List<List<String>> all) {
        StringBuilder line = new StringBuilder(before);
        for (int i = 0; i < row.size(); i++) {
            int column = i;
            int width = all.stream()
                    .mapToInt(other -> other.get(column).length())
                    .max()
                    .orElse(0);
            String pad = this == MARKDOWN ? "" : " ".repeat(width - row.get(i).length());
            boolean right = i > 0 && row.size() > 2;
            line.append(i == 0 ? "" : between).append(right ? pad + row.get(i) : row.get(i) + pad);
        }
        return (line + after).stripTrailing();
    }
}
