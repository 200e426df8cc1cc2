/** Who observes, and until when everything that could be observed is known. */
package io.svidflow.producer.coverage;
