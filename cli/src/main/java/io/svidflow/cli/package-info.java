/** The command line: the main command and what its verbs share. */
package io.svidflow.cli;
