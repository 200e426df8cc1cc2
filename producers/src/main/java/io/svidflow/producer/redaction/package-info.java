/** How captured facts lose the names of people's machines and services, and keep everything that a verdict depends on. */
package io.svidflow.producer.redaction;
