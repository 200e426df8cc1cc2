package io.svidflow.producer.bundle;

import io.svidflow.producer.Publication;
import io.svidflow.producer.coverage.Roster;
import java.util.Optional;

/**
 * An incident, ready to be published.
 *
 * @param manifest what the bundle says about itself; start and end cover every fact
 * @param roster the sources that observed
 * @param publications facts, dead letters and heartbeats in the order they came: by time of observation, facts before
 *     heartbeats; can be gone through more than once
 * @param report what became of the lines
 * @param expectedYaml what a replay must find, from {@code expected.yaml}, if there is one
 */
public record IncidentBundle(
        IncidentManifest manifest,
        Roster roster,
        Iterable<Publication> publications,
        ReadReport report,
        Optional<String> expectedYaml) {}
