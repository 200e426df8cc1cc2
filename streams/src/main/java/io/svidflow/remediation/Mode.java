package io.svidflow.remediation;

import java.util.Locale;
import java.util.Optional;

/** How far svidflow may go. The order is the order of trust. */
public enum Mode {
    /** It says what it would do, and does nothing. */
    OBSERVE,
    /** It asks a person, and does what the person approves. */
    SUGGEST,
    /** It acts, under all guards. */
    ACT;

    /** As people and messages write it. */
    public String text() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** The mode of that name, in whatever case. */
    public static Optional<Mode> of(String text) {
        for (Mode mode : values()) {
            if (mode.name().equalsIgnoreCase(text)) {
                return Optional.of(mode);
            }
        }
        return Optional.empty();
    }
}
