/**
 * Avro values in the wire format of Confluent's serializers, and the client of the schema registry that goes with it.
 * Start at {@link io.svidflow.serde.EventSerdes}.
 */
package io.svidflow.serde;
