/** What a replay must find, as written in {@code expected.yaml}, and how a verdict differs from it. */
package io.svidflow.cli.expect;
