package io.svidflow.resync.scene;

/**
 * An agent as the SPIRE server knows it.
 *
 * @param canReattest whether it may attest once more
 * @param state all that the server says of it, as text
 */
public record SeenAgent(String id, boolean banned, boolean canReattest, String state) {}
