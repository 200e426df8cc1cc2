package io.svidflow.resync.scene;

/**
 * A registration entry.
 *
 * @param state all that the server says of it, as text
 */
public record SeenEntry(String id, long revision, String state) {}
