package io.svidflow.cli.expect;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonProperty;

/**
 * A mutating command that may be planned.
 *
 * @param action e.g. {@code RESTART_AGENT}
 * @param pod target, or null for any
 */
public record AllowedCommand(String action, PodGlob pod) {

    public AllowedCommand {
        if (action == null || action.isBlank()) {
            throw new IllegalArgumentException("a command has no action; write one such as RESTART_AGENT");
        }
    }

    /** An action that is allowed for any pod, written as its name alone. */
    @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
    public static AllowedCommand anywhere(String action) {
        return new AllowedCommand(action, null);
    }

    /** An action that is allowed for some pods, written as a map. */
    @JsonCreator(mode = JsonCreator.Mode.PROPERTIES)
    public static AllowedCommand of(@JsonProperty("action") String action, @JsonProperty("pod") PodGlob pod) {
        return new AllowedCommand(action, pod);
    }
}
