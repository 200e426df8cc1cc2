/** What the detection has to be told of an installation, because nothing that it reads says so. */
package io.svidflow.cli.judge;
