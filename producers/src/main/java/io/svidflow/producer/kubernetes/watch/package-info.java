/**
 * How a live cluster is watched. {@link io.svidflow.producer.kubernetes.watch.KubernetesSource} is the source; one {@link
 * io.svidflow.producer.kubernetes.watch.LaneReader} for each kind of objects lists and watches, and what they see comes
 * together in one queue, whose order is the order of observation.
 */
package io.svidflow.producer.kubernetes.watch;
