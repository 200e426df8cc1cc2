package io.svidflow.resync.scene;

/**
 * A PodDisruptionBudget that covers the target.
 *
 * @param disruptionsAllowed how many of its pods may go now
 */
public record SeenBudget(String name, int disruptionsAllowed) {}
