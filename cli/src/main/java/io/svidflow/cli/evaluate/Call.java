package io.svidflow.cli.evaluate;

import java.time.Duration;
import java.util.List;

/**
 * What was said of a pod that had no identity.
 *
 * @param pod namespace and name
 * @param expected headlines that are right
 * @param headline what was said; null: the pod was not reported
 * @param confidence of the headline, 0 to 1
 * @param firstThree the headline and the two best alternatives
 * @param delay from the fault, or from the time since when the pod was without identity, to the first verdict; null: the
 *     pod was not reported
 */
public record Call(
        String pod,
        List<String> expected,
        String headline,
        double confidence,
        List<String> firstThree,
        Duration delay) {

    static final String UNDECIDED = "UNKNOWN";

    /** How good a call was, the best first. */
    public enum Outcome {
        /** The headline is right. */
        RIGHT,
        /** The headline says that the facts do not decide. */
        UNDECIDED,
        /** The pod was not reported. */
        MISSED,
        /** The headline names another cause, with little confidence. */
        DOUBTFUL,
        /** The headline names another cause, as if it were sure. */
        WRONG
    }

    /** From here on a reader takes the headline for what happened. */
    public static final double SURE = 0.5;

    public Call {
        expected = List.copyOf(expected);
        firstThree = List.copyOf(firstThree);
    }

    /** How good it was. */
    public Outcome outcome() {
        if (headline == null) {
            return Outcome.MISSED;
        }
        if (expected.contains(headline)) {
            return Outcome.RIGHT;
        }
        if (headline.equals(UNDECIDED)) {
            return Outcome.UNDECIDED;
        }
        return confidence < SURE ? Outcome.DOUBTFUL : Outcome.WRONG;
    }

    /** Whether the right cause is among the three best. */
    public boolean inFirstThree() {
        return firstThree.stream().anyMatch(expected::contains);
    }

    /** The row it counts in: the right cause that was said, or the first that would have been right. */
    public String cause() {
        return outcome() == Outcome.RIGHT ? headline : expected.get(0);
    }
}
