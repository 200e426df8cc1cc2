package io.svidflow.producer.spire;

import java.util.Objects;

/**
 * An entry or agent that facts told of, and what it takes to tell later that it is gone.
 *
 * @param id id of the entry, SPIFFE ID of the agent
 * @param node node that was told; null: every partition
 * @param spiffeId SPIFFE ID that the entry issues; that of the agent
 * @param parentId SPIFFE ID of the entry's parent; empty for an agent
 */
public record Told(String id, String node, String spiffeId, String parentId) {

    public Told {
        Objects.requireNonNull(id, "id");
        Objects.requireNonNull(spiffeId, "spiffeId");
        Objects.requireNonNull(parentId, "parentId");
    }
}
