package io.svidflow.serde;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.URI;

/**
 * What an address of the registry answered.
 *
 * @param url the address
 * @param status HTTP status
 * @param body the JSON, or a text node with whatever else came
 */
record RegistryAnswer(URI url, int status, JsonNode body) {

    private static final int LONGEST_QUOTE = 300;

    /** The address without user and password, as it may be shown. */
    static String withoutUser(URI url) {
        String text = url.toString();
        return url.getRawUserInfo() == null ? text : text.replace(url.getRawUserInfo() + "@", "");
    }

    /** Not a failure that another address, or a second try, might mend. */
    boolean isFinal() {
        return status != 429 && status < 500;
    }

    boolean isOk() {
        return status >= 200 && status < 300;
    }

    /** The registry understood the question and says no: not found, conflict, invalid. */
    boolean isRefusal() {
        return status == 404 || status == 409 || status == 422;
    }

    /** What went wrong, for a person. */
    String problem() {
        String text = body.path("message").asText(body.isTextual() ? body.asText() : body.toString());
        String quote = text.length() > LONGEST_QUOTE ? text.substring(0, LONGEST_QUOTE) + "…" : text;
        return "HTTP " + status + (quote.isBlank() ? "" : ": " + quote.strip());
    }
}
