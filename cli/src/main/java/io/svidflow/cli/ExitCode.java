package io.svidflow.cli;

/** How a run of svidflow ends. The numbers are part of the interface: scripts depend on them. */
public final class ExitCode {

    /** Done; an {@code expected.yaml}, where there is one, is met. */
    public static final int OK = 0;

    /** Ran, and the result is not what was expected; or the run failed. */
    public static final int FAILED = 1;

    /** The command line or the input is wrong; the message says what to change. */
    public static final int BAD_INPUT = 2;

    private ExitCode() {}
}
