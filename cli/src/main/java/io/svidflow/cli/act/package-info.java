/** How far svidflow may go in an installation, and what it needs for that: read from the configuration. */
package io.svidflow.cli.act;
