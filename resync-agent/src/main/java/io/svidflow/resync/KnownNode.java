package io.svidflow.resync;

import java.time.Instant;

/**
 * A Kubernetes node.
 *
 * @param bootId the boot it is in; null when Kubernetes has not told
 * @param observedAt when it was last seen
 */
record KnownNode(String bootId, Instant observedAt) {}
