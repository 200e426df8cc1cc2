package io.svidflow.cli.expect;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.time.Instant;
import java.util.List;

/**
 * What a replay of an incident must find, and what it must stay silent about. A pod in none of the lists may not be
 * reported.
 *
 * @param findings each must appear
 * @param incidents each must appear; others may
 * @param silent pods that must not be reported
 * @param either pods that may be reported or not
 * @param commands mutating commands that may be planned; none when empty
 * @param fault when the fault was put in, or null when that is not known; {@code evaluate} measures from it how long a
 *     verdict took
 */
public record Expectation(
        @JsonProperty("findings") List<ExpectedFinding> findings,
        @JsonProperty("incidents") List<ExpectedIncident> incidents,
        @JsonProperty("silent") List<PodGlob> silent,
        @JsonProperty("either") List<PodGlob> either,
        @JsonProperty("commands") List<AllowedCommand> commands,
        @JsonProperty("fault") Instant fault) {

    public Expectation {
        findings = orEmpty(findings, "findings");
        incidents = orEmpty(incidents, "incidents");
        silent = orEmpty(silent, "silent");
        either = orEmpty(either, "either");
        commands = orEmpty(commands, "commands");
    }

    private static <T> List<T> orEmpty(List<T> items, String key) {
        if (items == null) {
            return List.of();
        }
        if (items.contains(null)) {
            throw new IllegalArgumentException(key + " has an empty item; fill it in or remove the dash");
        }
        return List.copyOf(items);
    }
}
