package io.svidflow.cli;

/**
 * Input that cannot be used. Ends the run with {@link ExitCode#BAD_INPUT} and one line on stderr, never with a stack
 * trace.
 */
public final class BadInput extends RuntimeException {

    /**
     * @param place file, with line where known, or option
     * @param problem what is wrong with it, with the value
     * @param remedy what to do about it
     */
    public BadInput(String place, String problem, String remedy) {
        super(place + ": " + problem + "; " + remedy);
    }

    /** @param problem what is wrong, already in words that name place, value and remedy */
    public BadInput(RuntimeException problem) {
        super(problem.getMessage(), problem);
    }
}
