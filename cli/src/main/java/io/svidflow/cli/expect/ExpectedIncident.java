package io.svidflow.cli.expect;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.time.Instant;
import java.util.List;

/**
 * An incident that a replay must report.
 *
 * @param cause causes that are right
 * @param openedBy latest event time of its opening, or null when any will do
 * @param closed whether it must be closed by the end, or null when that is left open
 */
public record ExpectedIncident(
        @JsonProperty("cause") List<String> cause,
        @JsonProperty("openedBy") Instant openedBy,
        @JsonProperty("closed") Boolean closed) {

    public ExpectedIncident {
        cause = Causes.required(cause, "an incident");
    }
}
