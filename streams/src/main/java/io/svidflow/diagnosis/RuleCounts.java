package io.svidflow.diagnosis;

import java.time.Instant;
import java.util.Collections;
import java.util.Map;
import java.util.TreeMap;

/**
 * What spire-controller-manager counted in its last pass over a ClusterSPIFFEID (status.stats; SPIRE controller manager:
 * api/v1alpha1/clusterspiffeid_types.go).
 *
 * @param counts by their name
 * @param at when the counts came to be so
 */
public record RuleCounts(Map<String, Integer> counts, Instant at) {

    public RuleCounts {
        counts = Collections.unmodifiableMap(new TreeMap<>(counts));
    }

    /** Pods whose entry could not be rendered. */
    int renderFailures() {
        return counts.getOrDefault("podEntryRenderFailures", 0);
    }

    /** Entries that the server did not take. */
    int entryFailures() {
        return counts.getOrDefault("entryFailures", 0);
    }

    /** Entries left out because another rule renders alike. */
    int masked() {
        return counts.getOrDefault("entriesMasked", 0);
    }
}
