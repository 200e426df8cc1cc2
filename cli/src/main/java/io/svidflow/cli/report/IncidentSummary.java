package io.svidflow.cli.report;

import java.time.Duration;
import java.time.Instant;
import java.util.Objects;

/**
 * What a report says about the incident as a whole, from its manifest.
 *
 * @param id short name, e.g. {@code registrar-lag}
 * @param title one sentence; may be empty
 * @param cluster name of the Kubernetes cluster
 * @param trustDomain SPIFFE trust domain, or null when unknown
 * @param spireVersion version of SPIRE, or null when unknown
 * @param start begin of what was collected
 * @param end end of what was collected, or null while a live run goes on
 * @param testWindow how long the people of the incident waited for an identity before they called it failed, or null;
 *     when given, the report says whether that was long enough
 */
public record IncidentSummary(
        String id,
        String title,
        String cluster,
        String trustDomain,
        String spireVersion,
        Instant start,
        Instant end,
        Duration testWindow) {

    public IncidentSummary {
        Objects.requireNonNull(title, "title");
        Objects.requireNonNull(cluster, "cluster");
        Objects.requireNonNull(start, "start");
        if (id.isBlank()) {
            throw new IllegalArgumentException("the incident has no id");
        }
        if (end != null && end.isBefore(start)) {
            throw new IllegalArgumentException("incident " + id + " ends at " + end + ", before its start " + start);
        }
        if (testWindow != null && (testWindow.isNegative() || testWindow.isZero())) {
            throw new IllegalArgumentException("the test window must be positive, but is " + testWindow);
        }
    }
}
