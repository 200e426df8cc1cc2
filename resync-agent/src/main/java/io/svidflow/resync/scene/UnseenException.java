package io.svidflow.resync.scene;

/** Something cannot be seen: Kubernetes does not answer, or does not allow it. The message says which, and the remedy. */
public final class UnseenException extends Exception {

    public UnseenException(String message, Throwable cause) {
        super(message, cause);
    }
}
