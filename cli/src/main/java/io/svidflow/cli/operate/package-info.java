/** What operators want of remediation, and what came of it: to Kafka and back. */
package io.svidflow.cli.operate;
