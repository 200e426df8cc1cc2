/** How a cluster and its SPIRE server are reached, read from the configuration. */
package io.svidflow.cli.access;
