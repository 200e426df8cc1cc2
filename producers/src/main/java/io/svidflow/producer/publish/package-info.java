/** Writes publications to Kafka. Start at {@link io.svidflow.producer.publish.KafkaPublisher}. */
package io.svidflow.producer.publish;
