package io.svidflow.producer.bundle;

import io.svidflow.producer.coverage.SourceKind;
import java.time.Instant;
import java.util.Collections;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/**
 * What a bundle says about itself, from {@code incident.yaml}.
 *
 * @param id short name of the incident
 * @param title one line for people, may be empty
 * @param cluster name of the Kubernetes cluster
 * @param trustDomain SPIFFE trust domain, if stated
 * @param start when the observation began
 * @param end when it ended
 * @param spireVersion version of the SPIRE server, if stated
 * @param settings anything that deviates from the defaults, as written
 * @param sources what was collected; empty if the bundle does not say: then the files tell
 */
public record IncidentManifest(
        String id,
        String title,
        String cluster,
        Optional<String> trustDomain,
        Instant start,
        Instant end,
        Optional<String> spireVersion,
        Map<String, Object> settings,
        Optional<Map<SourceKind, DeclaredSource>> sources) {

    public IncidentManifest {
        Objects.requireNonNull(title, "title");
        Objects.requireNonNull(trustDomain, "trustDomain");
        Objects.requireNonNull(spireVersion, "spireVersion");
        if (id.isBlank() || cluster.isBlank()) {
            throw new IllegalArgumentException("an incident needs an id and a cluster");
        }
        if (end.isBefore(start)) {
            throw new IllegalArgumentException("end " + end + " lies before start " + start);
        }
        settings = Collections.unmodifiableMap(new LinkedHashMap<>(settings));
        sources = sources.map(Map::copyOf);
    }

    /** The same incident, collected from fewer sources. */
    IncidentManifest only(Selection selection) {
        Optional<Map<SourceKind, DeclaredSource>> left = sources.map(declared -> {
            Map<SourceKind, DeclaredSource> kept = new EnumMap<>(SourceKind.class);
            declared.forEach((kind, source) -> {
                if (selection.holds(kind)) {
                    kept.put(kind, source);
                }
            });
            return kept;
        });
        return new IncidentManifest(id, title, cluster, trustDomain, start, end, spireVersion, settings, left);
    }

    /** The same incident, observed from {@code start} to {@code end}. */
    IncidentManifest lasting(Instant start, Instant end) {
        return new IncidentManifest(id, title, cluster, trustDomain, start, end, spireVersion, settings, sources);
    }
}
