package io.svidflow.producer.layout;

import java.time.Instant;
import java.util.List;

/**
 * A node.
 *
 * @param name its name
 * @param ready whether it was Ready at the end
 * @param recoveries when it came back from a restart or from NotReady, during the bundle's time
 */
public record PlacedNode(String name, boolean ready, List<Instant> recoveries) {

    public PlacedNode {
        recoveries = List.copyOf(recoveries);
    }
}
