package io.svidflow.producer.kubernetes.watch;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;

/** The API server refused a call, or said that a watch cannot go on. */
final class ApiProblem extends IOException {

    private static final int UNAUTHORIZED = 401;
    private static final int FORBIDDEN = 403;
    private static final int ABSENT = 404;
    private static final int GONE = 410;
    private static final int TIMEOUT = 504;

    private final int code;
    private final String said;

    private ApiProblem(int code, String said, String message) {
        super(message);
        this.code = code;
        this.said = said;
    }

    /**
     * @param code HTTP status, or the code of a Status object
     * @param status the Status object, or whatever was sent instead
     */
    static ApiProblem of(Lane lane, String verb, int code, JsonNode status) {
        String said = status.path("message").asText("no reason given");
        String text = said + " (" + code + ")";
        if (code == UNAUTHORIZED) {
            text += "; check the credentials";
        } else if (code == FORBIDDEN) {
            text += "; grant the verb " + verb + " on " + lane.resource();
        }
        return new ApiProblem(code, said, text);
    }

    /** The caller may not do this. */
    boolean refused() {
        return code == FORBIDDEN;
    }

    /** The cluster does not know the kind. */
    boolean absent() {
        return code == ABSENT;
    }

    /** The resourceVersion is too old, or of another history than the server's: it is of no use any more. */
    boolean versionLost() {
        return code == GONE || (code == TIMEOUT && said.contains("Too large resource version"));
    }
}
