package io.svidflow.producer.log;

import java.util.Locale;

/** How serious a program thought its line was. */
public enum Level {
    /** More than debug. */
    TRACE,
    /** Invisible at the default level of SPIRE. */
    DEBUG,
    /** Ordinary work. */
    INFO,
    /** Worth a look. */
    WARNING,
    /** Something failed. */
    ERROR,
    /** The program ends. */
    FATAL,
    /** The line does not say. */
    UNKNOWN;

    /**
     * Reads the level as logrus, zap and klog write it: whole words, four-letter cuts and single letters, in any case.
     *
     * @param text e.g. {@code warning}, {@code ERRO}, {@code I}, {@code LEVEL(-2)}
     * @return the level, UNKNOWN if the text is not one
     */
    public static Level parse(String text) {
        String word = text.toLowerCase(Locale.ROOT);
        return switch (word) {
            case "trace", "trac" -> TRACE;
            case "debug", "debu" -> DEBUG;
            case "info", "i" -> INFO;
            case "warning", "warn", "w" -> WARNING;
            case "error", "erro", "e" -> ERROR;
            case "fatal", "fata", "panic", "pani", "dpanic", "f" -> FATAL;
            default -> word.startsWith("level(-") ? TRACE : UNKNOWN;
        };
    }
}
