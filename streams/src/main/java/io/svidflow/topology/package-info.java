/**
 * The shells that connect the pure core to Kafka Streams: {@link io.svidflow.topology.IdentityTopology} is stage 1, keyed
 * by node, {@link io.svidflow.topology.IncidentTopology} is stage 2, keyed by cluster.
 */
package io.svidflow.topology;
