/** The logs that a log shipper writes to a Kafka topic: what an envelope holds, whose line it is, what may be promised. */
package io.svidflow.producer.shipped;
