/** What should be done about a finding, and what came of it? Pure; nothing that changes a cluster is planned. */
package io.svidflow.remediation;
