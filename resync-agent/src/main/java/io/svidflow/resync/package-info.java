/**
 * The actor: checks every remediation command against its own view of the cluster and answers once. Nothing here can
 * change a cluster. Start at {@link io.svidflow.resync.ResyncTopology}.
 */
package io.svidflow.resync;
