package io.svidflow.resync.scene;

/**
 * How far the DaemonSet of the agents is.
 *
 * @param wanted nodes that should have an agent
 * @param updated agents that are of today's template
 * @param current whether its controller has seen the last change
 */
public record SeenRollout(String name, int wanted, int updated, boolean current) {

    /** Whether a new template is being rolled out. */
    public boolean underWay() {
        return !current || updated < wanted;
    }
}
