/**
 * Has this pod an identity, and if not, at which link does the chain break? Stage 1, pure: start at
 * {@link io.svidflow.identity.IdentityTracker} for what a fact changes and at {@link io.svidflow.identity.Chain} for what
 * is concluded.
 */
package io.svidflow.identity;
