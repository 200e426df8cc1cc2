package io.svidflow.producer.bundle;

/**
 * The bundle cannot be read, and the person who made it can do something about it. The message names the file, the line
 * where there is one, what is wrong and the remedy.
 */
public final class BundleProblem extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private BundleProblem(String message, Throwable cause) {
        super(message, cause);
    }

    static BundleProblem in(Object file, String wrong, String remedy) {
        return new BundleProblem(file + ": " + wrong + "; " + remedy, null);
    }

    static BundleProblem in(Object file, String wrong, String remedy, Throwable cause) {
        return new BundleProblem(file + ": " + wrong + "; " + remedy, cause);
    }

    /** @param line from 1; 0 if the whole file is meant */
    static BundleProblem at(String file, long line, String wrong, String remedy) {
        return in(line == 0 ? file : file + ":" + line, wrong, remedy);
    }
}
