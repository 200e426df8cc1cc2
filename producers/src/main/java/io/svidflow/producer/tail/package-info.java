/**
 * What is written to a log while it is written. A {@link io.svidflow.producer.tail.LogDelivery} takes the lines of one
 * source to its outlet, wherever they come from; {@link io.svidflow.producer.tail.LogFiles} reads them from files that
 * are rotated under its eyes.
 */
package io.svidflow.producer.tail;
