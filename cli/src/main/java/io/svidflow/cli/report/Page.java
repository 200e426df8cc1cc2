package io.svidflow.cli.report;

import io.svidflow.cli.report.Palette.Tone;
import java.util.List;

/** Text on a page of 100 columns: long lines are broken at spaces and go on below their own beginning. */
final class Page {

    private static final int WIDTH = 100;

    private final Palette palette;
    private final StringBuilder text = new StringBuilder();

    Page(Palette palette) {
        this.palette = palette;
    }

    void blank() {
        text.append('\n');
    }

    void heading(String words) {
        blank();
        append(Tone.STRONG, words);
    }

    void line(int indent, String words) {
        line(Tone.NORMAL, indent, "", words);
    }

    /** A line that begins with a label; what does not fit goes on in the column of the words. */
    void line(int indent, String label, String words) {
        line(Tone.NORMAL, indent, label, words);
    }

    void line(Tone tone, int indent, String label, String words) {
        String begin = " ".repeat(indent) + label;
        String hang = " ".repeat(begin.length());
        String line = begin;
        for (String word : printable(words).split(" ", -1)) {
            boolean fresh = line.length() == begin.length();
            if (!fresh && line.length() + 1 + word.length() > WIDTH) {
                append(tone, line);
                line = hang + word;
            } else {
                line = fresh ? line + word : line + " " + word;
            }
        }
        append(tone, line);
    }

    /** Labels of one list, padded to the same width. */
    static String padded(String label, List<String> all) {
        int width = all.stream().mapToInt(String::length).max().orElse(0);
        return label + " ".repeat(Math.max(0, width - label.length()) + 2);
    }

    /** Control characters in recorded text must not move the reader's cursor. */
    private static String printable(String words) {
        return words.replaceAll("\\p{Cntrl}+", " ");
    }

    private void append(Tone tone, String line) {
        text.append(palette.paint(tone, line.stripTrailing())).append('\n');
    }

    @Override
    public String toString() {
        return text.toString();
    }
}
