package io.svidflow.producer.capture;

import io.svidflow.event.Captured;
import io.svidflow.producer.bundle.IncidentManifest;
import java.util.List;

/**
 * Facts and heartbeats of one cluster, ready to be written as a bundle.
 *
 * @param manifest what {@code incident.yaml} is to say, with the roster of sources and their gaps
 * @param facts in the order in which they were published
 */
public record Capture(IncidentManifest manifest, List<Captured> facts) {

    public Capture {
        facts = List.copyOf(facts);
    }
}
