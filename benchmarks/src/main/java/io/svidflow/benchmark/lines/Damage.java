package io.svidflow.benchmark.lines;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Random;

/** What happens to lines on their way: cut, mixed, with bytes that do not belong there, or no lines at all. */
final class Damage {

    private static final String[] ODD = {
        "\u0000",
        "\u001b[31m",
        "\ufffd",
        "\r",
        "\"",
        "\\",
        "{",
        "}",
        "[",
        "]",
        "=",
        "\t",
        "é",
        "\ud800",
        "[[[[[[[[",
        "{\"a\":{\"a\":{\"a\":",
        "99999999999999999999999",
        "1e999",
        "-1",
        "2026-13-45T99:99:99Z",
        "+14:59",
        "\u202e"
    };

    private static final int LONG = 40_000;

    private Damage() {}

    /** The line with one to four wounds. */
    static String wound(String whole, Random random) {
        StringBuilder text = new StringBuilder(whole);
        for (int wounds = 1 + random.nextInt(4); wounds > 0 && text.length() > 0; wounds--) {
            int at = random.nextInt(text.length());
            switch (random.nextInt(9)) {
                case 0 -> text.setLength(at);
                case 1 -> text.delete(0, at);
                case 2 -> text.setCharAt(at, (char) random.nextInt(256));
                case 3 -> text.insert(at, ODD[random.nextInt(ODD.length)]);
                case 4 -> text.deleteCharAt(at);
                case 5 -> text.insert(at, whole, random.nextInt(whole.length()), whole.length());
                case 6 -> text.append(' ').append(whole);
                case 7 -> text.append('\r');
                default -> text.delete(at, Math.min(text.length(), at + random.nextInt(20)));
            }
        }
        return withoutLineEnds(text.toString());
    }

    /** Bytes of any kind, read as a log would be. */
    static String noise(Random random) {
        int length = random.nextInt(2000) == 0 ? LONG : random.nextInt(120);
        byte[] bytes = new byte[length];
        random.nextBytes(bytes);
        if (length == LONG) {
            Arrays.fill(bytes, (byte) ODD[random.nextInt(ODD.length)].charAt(0));
        }
        return withoutLineEnds(new String(bytes, StandardCharsets.UTF_8));
    }

    /** What has a line end is two lines. */
    private static String withoutLineEnds(String text) {
        return text.replace('\n', ' ');
    }
}
