/**
 * Whether a command is carried out, and what came of it: admission, the intent before, the outcome after. Without Kafka;
 * start at {@link io.svidflow.resync.actor.Actor}.
 */
package io.svidflow.resync.actor;
