package io.svidflow.identity;

import java.time.Duration;
import java.util.Map;

/**
 * How long each link of the chain may take before its absence means something. A grace starts when the link before it
 * held, never at the creation of the pod.
 *
 * @param agentReady the agent must be up this long after the pod's container started
 * @param entry the registration entry must exist this long after the pod's container started
 * @param parent the entry must name the node's agent as its parent this long after both are there
 * @param synchronised the agent must know the entry this long after it was created
 * @param synchronisedFresh the same for an agent that has just attested
 * @param issued the SVID must be signed this long after the agent knew the entry
 * @param workloadAttestation failures of the workload attestor must last this long
 * @param reattestation an evicted agent may take this long to attest again
 * @param alive an agent that was heard of this recently is up, whatever its readiness says
 * @param recheck how often a stuck pod is looked at again
 */
public record Graces(
        Duration agentReady,
        Duration entry,
        Duration parent,
        Duration synchronised,
        Duration synchronisedFresh,
        Duration issued,
        Duration workloadAttestation,
        Duration reattestation,
        Duration alive,
        Duration recheck) {

    public Graces {
        Map.ofEntries(
                        Map.entry("agentReady", agentReady),
                        Map.entry("entry", entry),
                        Map.entry("parent", parent),
                        Map.entry("synchronised", synchronised),
                        Map.entry("synchronisedFresh", synchronisedFresh),
                        Map.entry("issued", issued),
                        Map.entry("workloadAttestation", workloadAttestation),
                        Map.entry("reattestation", reattestation),
                        Map.entry("alive", alive),
                        Map.entry("recheck", recheck))
                .forEach(Graces::requirePositive);
    }

    /** The graces of a deployment with SPIRE's default intervals and spire-controller-manager. */
    public static Graces defaults() {
        return new Graces(
                Duration.ofSeconds(60),
                Duration.ofSeconds(60),
                Duration.ofSeconds(30),
                Duration.ofSeconds(30),
                Duration.ofSeconds(45),
                Duration.ofSeconds(30),
                Duration.ofSeconds(45),
                Duration.ofSeconds(120),
                Duration.ofSeconds(20),
                Duration.ofSeconds(10));
    }

    private static void requirePositive(String name, Duration value) {
        if (value.isNegative() || value.isZero()) {
            throw new IllegalArgumentException("grace " + name + " must be positive, but is " + value);
        }
    }
}
