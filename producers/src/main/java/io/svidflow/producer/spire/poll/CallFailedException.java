package io.svidflow.producer.spire.poll;

import io.grpc.Status;
import java.io.FileNotFoundException;
import java.time.Duration;
import java.util.Locale;

/**
 * A call to SPIRE failed. The text is written as SPIRE's own logs write such errors, so that whoever reads logs knows it,
 * with the causes that the connection knows and the time that the call took.
 */
final class CallFailedException extends Exception {

    private static final int LONGEST = 2000;

    private final String operation;
    private final Status.Code code;

    private CallFailedException(String operation, Status.Code code, String text, Throwable cause) {
        super(text, cause);
        this.operation = operation;
        this.code = code;
    }

    /**
     * @param operation name of the call, e.g. {@code ListEntries}
     * @param took from the beginning of the call
     */
    static CallFailedException of(String operation, Status status, Duration took) {
        String description = status.getCode() == Status.Code.DEADLINE_EXCEEDED
                ? "context deadline exceeded: no answer"
                : description(status);
        String text = "rpc error: code = " + goName(status.getCode()) + " desc = " + description + " (after "
                + took.toMillis() + " ms)";
        return new CallFailedException(operation, status.getCode(), text, status.getCause());
    }

    /** The answer cannot be right, or there was no way to ask. */
    static CallFailedException because(String operation, String text) {
        return new CallFailedException(operation, Status.Code.UNKNOWN, text, null);
    }

    String operation() {
        return operation;
    }

    Status.Code code() {
        return code;
    }

    private static String description(Status status) {
        StringBuilder text = new StringBuilder(status.getDescription() == null ? "" : status.getDescription());
        for (Throwable cause = status.getCause(); cause != null; cause = cause.getCause()) {
            String message = said(cause);
            if (text.indexOf(message) < 0) {
                text.append(text.isEmpty() ? "" : ": ").append(message);
            }
        }
        return text.length() > LONGEST ? text.substring(0, LONGEST) + "…" : text.toString();
    }

    /** Of a socket that is not there the connection knows the kind of error and has no words. */
    private static String said(Throwable cause) {
        if (cause.getMessage() != null) {
            return cause.getMessage();
        }
        return cause instanceof FileNotFoundException
                ? "no such file or directory"
                : cause.getClass().getSimpleName();
    }

    /** e.g. DeadlineExceeded for DEADLINE_EXCEEDED. */
    private static String goName(Status.Code code) {
        StringBuilder name = new StringBuilder();
        for (String word : code.name().split("_")) {
            name.append(word.charAt(0)).append(word.substring(1).toLowerCase(Locale.ROOT));
        }
        return code == Status.Code.OK ? "OK" : name.toString();
    }
}
