/** The actor on Kafka: where commands come from, and where it is written what becomes of them. */
package io.svidflow.resync.journal;
