/** Kubernetes, through its API: what is there, and the three things that an actor can do. */
package io.svidflow.resync.kubernetes;
