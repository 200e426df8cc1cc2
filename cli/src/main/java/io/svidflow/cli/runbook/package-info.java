/** What an operator should know of each cause: the pages of docs/runbook, as they are packed into the program. */
package io.svidflow.cli.runbook;
