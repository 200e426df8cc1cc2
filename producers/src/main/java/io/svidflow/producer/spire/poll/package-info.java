/**
 * How a running SPIRE is asked: the server for its entries and agents ({@link
 * io.svidflow.producer.spire.poll.SpireServerSource}), each node's agent for how it is ({@link
 * io.svidflow.producer.spire.poll.AgentDebugSource}). SPIRE offers no stream of changes: whoever wants to know asks
 * again.
 */
package io.svidflow.producer.spire.poll;
