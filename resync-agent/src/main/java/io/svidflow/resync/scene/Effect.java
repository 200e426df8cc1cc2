package io.svidflow.resync.scene;

/**
 * What came of an attempt to change something.
 *
 * @param certainty whether it was done
 * @param gone the target was not there any more, or was another
 * @param detail in words
 */
public record Effect(Certainty certainty, boolean gone, String detail) {

    /** Whether something was done. */
    public enum Certainty {
        /** Kubernetes has said so. */
        DONE,
        /** Kubernetes has refused it, or was never reached. */
        NOT_DONE,
        /** The request was on its way, and no answer came that tells. */
        UNKNOWN
    }

    /** Kubernetes has done it. */
    public static Effect done(String detail) {
        return new Effect(Certainty.DONE, false, detail);
    }

    /** Nothing was done. */
    public static Effect notDone(String detail) {
        return new Effect(Certainty.NOT_DONE, false, detail);
    }

    /** Nothing was done, because the target is not there any more. */
    public static Effect gone(String detail) {
        return new Effect(Certainty.NOT_DONE, true, detail);
    }

    /** Nobody knows. */
    public static Effect unknown(String detail) {
        return new Effect(Certainty.UNKNOWN, false, detail);
    }
}
