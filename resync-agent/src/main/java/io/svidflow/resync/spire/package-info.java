/** The SPIRE server, through its API, which is only ever asked. */
package io.svidflow.resync.spire;
