package io.svidflow.cli.evaluate;

import java.util.Locale;

/** How far a cause can be told, the best first. */
public enum Grade {
    /** It is the headline, with a confidence of 0.5 or more. */
    NAMED("named"),
    /** It is the headline, with less. */
    DOUBTFUL("doubtful"),
    /** The pod is reported, and the headline does not name the cause, or names another with little confidence. */
    UNKNOWN("UNKNOWN"),
    /** The pod is not reported. */
    UNSEEN("-");

    private final String sign;

    Grade(String sign) {
        this.sign = sign;
    }

    /** How it is written in a table. */
    public String sign() {
        return sign;
    }

    /** Its name in a file. */
    public String label() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** The worse of two. */
    public Grade worse(Grade other) {
        return compareTo(other) < 0 ? other : this;
    }

    /**
     * How far a call went.
     *
     * @throws IllegalArgumentException if it went wrong: for that there is no excuse
     */
    public static Grade of(Call call) {
        return switch (call.outcome()) {
            case RIGHT -> call.confidence() < Call.SURE ? DOUBTFUL : NAMED;
            case DOUBTFUL, UNDECIDED -> UNKNOWN;
            case MISSED -> UNSEEN;
            case WRONG -> throw new IllegalArgumentException(call + " names a wrong cause as if it were sure");
        };
    }
}
