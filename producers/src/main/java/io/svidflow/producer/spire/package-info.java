/** What SPIRE says: in its API, in its logs, and on which node each of it happened. */
package io.svidflow.producer.spire;
