/** Facts from the outside world, as records to be written to Kafka. What reads them is apart from what maps them. */
package io.svidflow.producer;
