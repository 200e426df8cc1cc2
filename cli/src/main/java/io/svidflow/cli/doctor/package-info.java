/** What about a deployment will cost identities in the next outage, or hide why they were lost. */
package io.svidflow.cli.doctor;
