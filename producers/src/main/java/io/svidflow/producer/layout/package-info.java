/** How a SPIRE deployment is laid out: what runs where, what is configured, what is written down. No history. */
package io.svidflow.producer.layout;
