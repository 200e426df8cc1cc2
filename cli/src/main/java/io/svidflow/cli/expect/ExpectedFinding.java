package io.svidflow.cli.expect;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.time.Instant;
import java.util.List;

/**
 * A finding that a replay must report.
 *
 * @param pod which pod; a glob asks for at least one
 * @param cause headlines that are right
 * @param detectedBy latest event time of the first verdict, or null when any will do
 * @param recovered whether the pod must have obtained its identity by the end, or null when that is left open
 */
public record ExpectedFinding(
        @JsonProperty("pod") PodGlob pod,
        @JsonProperty("cause") List<String> cause,
        @JsonProperty("detectedBy") Instant detectedBy,
        @JsonProperty("recovered") Boolean recovered) {

    public ExpectedFinding {
        if (pod == null) {
            throw new IllegalArgumentException("a finding has no pod; write it as namespace/name");
        }
        cause = Causes.required(cause, "the finding of " + pod);
    }
}
