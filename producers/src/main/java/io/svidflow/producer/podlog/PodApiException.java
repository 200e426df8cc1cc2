package io.svidflow.producer.podlog;

/** The Kubernetes API refused, or did not answer. */
final class PodApiException extends Exception {

    private final int code;

    /** @param code HTTP status, 0 if there was no answer */
    PodApiException(int code, String message) {
        super(message);
        this.code = code;
    }

    int code() {
        return code;
    }
}
