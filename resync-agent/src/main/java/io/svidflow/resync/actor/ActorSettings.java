package io.svidflow.resync.actor;

import java.util.Set;

/**
 * Who an actor is and what it may do.
 *
 * @param name of this process, in every answer; another process must have another name
 * @param cluster name of its cluster; commands for others are none of its business
 * @param allowance what it may carry out
 * @param protectedNamespaces where no workload is ever touched
 */
public record ActorSettings(String name, String cluster, Allowance allowance, Set<String> protectedNamespaces) {

    public ActorSettings {
        if (name.isBlank() || cluster.isBlank()) {
            throw new IllegalArgumentException(
                    "an actor needs a name and a cluster, but has \"" + name + "\" and \"" + cluster + "\"");
        }
        protectedNamespaces = Set.copyOf(protectedNamespaces);
    }
}
