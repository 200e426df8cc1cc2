package io.svidflow.cli.doctor;

import java.time.Duration;

/** Lengths of time as people say them. */
final class Lengths {

    private Lengths() {}

    /** E.g. 38 s, 2m 08s, 1h 00m. */
    static String of(Duration duration) {
        long seconds = duration.toSeconds();
        if (seconds < 60) {
            return seconds + " s";
        }
        return seconds < 3600
                ? "%dm %02ds".formatted(seconds / 60, seconds % 60)
                : "%dh %02dm".formatted(seconds / 3600, seconds % 3600 / 60);
    }
}
