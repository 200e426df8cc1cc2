package io.svidflow.resync.actor;

import io.svidflow.event.RemediationCommand;

/**
 * A command as it was read.
 *
 * @param partition of the topic
 * @param offset in the partition
 * @param backlog it was there before this actor began to listen
 */
public record Delivery(RemediationCommand command, int partition, long offset, boolean backlog) {}
