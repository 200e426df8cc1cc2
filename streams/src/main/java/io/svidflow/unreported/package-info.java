/**
 * What was looked at and is no finding, and why: refusals on the way to an identity, pods that nobody registered, agents that
 * failed once and recovered. Pure; a replay asks for it afterwards.
 */
package io.svidflow.unreported;
