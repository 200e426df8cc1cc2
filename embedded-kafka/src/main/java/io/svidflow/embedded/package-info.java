/** A Kafka broker inside the JVM. Start at {@link io.svidflow.embedded.EmbeddedKafka}. Never part of a deployment. */
package io.svidflow.embedded;
