/** What a run found, and how it is told: to a person as text, to a machine as JSON. */
package io.svidflow.cli.report;
