package io.svidflow.cli.report;

import java.util.Map;

/** Colours for a terminal, or none. */
public enum Palette {
    /** Plain text: for files, pipes and whoever sets NO_COLOR. */
    PLAIN,
    /** ANSI colours. */
    ANSI;

    /** What a line is to say at a glance. */
    enum Tone {
        NORMAL(""),
        STRONG("\u001b[1m"),
        ALARM("\u001b[1;31m"),
        CALM("\u001b[32m");

        private final String code;

        Tone(String code) {
            this.code = code;
        }
    }

    /**
     * Colours for a terminal, unless the environment has a NO_COLOR that is not empty (https://no-color.org).
     *
     * @param terminal whether the text goes to a terminal
     * @param environment environment variables
     */
    public static Palette of(boolean terminal, Map<String, String> environment) {
        return terminal && environment.getOrDefault("NO_COLOR", "").isEmpty() ? ANSI : PLAIN;
    }

    String paint(Tone tone, String line) {
        return this == PLAIN || tone == Tone.NORMAL ? line : tone.code + line + "\u001b[0m";
    }
}
