/** The logs that the Kubernetes API serves of running containers, followed without losing or repeating a line. */
package io.svidflow.producer.podlog;
