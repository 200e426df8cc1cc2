package io.svidflow.resync;

import io.svidflow.event.RemediationOutcome;

/**
 * What became of a command.
 *
 * @param detail in a sentence that names the thing, the value and why
 */
record Judgment(RemediationOutcome outcome, String detail) {}
