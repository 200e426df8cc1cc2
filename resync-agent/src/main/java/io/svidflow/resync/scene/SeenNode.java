package io.svidflow.resync.scene;

/**
 * A node.
 *
 * @param ready its kubelet reports that it is Ready
 * @param cordoned somebody has marked it as unschedulable
 * @param controlPlane it runs the control plane
 * @param leftAlone somebody has marked it as nothing for svidflow, see {@link Mark}
 */
public record SeenNode(
        String name,
        String uid,
        String bootId,
        boolean ready,
        boolean cordoned,
        boolean controlPlane,
        boolean leftAlone) {}
