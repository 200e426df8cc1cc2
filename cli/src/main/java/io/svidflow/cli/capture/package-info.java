/** What the topics of an installation hold about a stretch of time, for {@code svidflow capture}. */
package io.svidflow.cli.capture;
