/** What probes and Prometheus ask a process that observes. */
package io.svidflow.producer.health;
