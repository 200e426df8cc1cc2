/**
 * May this be done now? One class for each guard; {@link io.svidflow.remediation.guard.Panel} asks all of them, and
 * docs/guards.md lists them. Pure.
 */
package io.svidflow.remediation.guard;
