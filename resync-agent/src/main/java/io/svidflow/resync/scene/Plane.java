package io.svidflow.resync.scene;

import java.util.Optional;

/**
 * What the SPIRE server says.
 *
 * @param trouble why a listing does not succeed; empty: it does
 * @param agent the agent that the command names; empty: the server knows none of that name
 * @param entry the entry that the command names; empty: there is none of that id
 */
public record Plane(Optional<String> trouble, Optional<SeenAgent> agent, Optional<SeenEntry> entry) {

    /** The server does not answer. */
    public static Plane silent(String trouble) {
        return new Plane(Optional.of(trouble), Optional.empty(), Optional.empty());
    }
}
