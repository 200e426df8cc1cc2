/** What was published about a cluster in a stretch of time, as an incident bundle that replays like the live run. */
package io.svidflow.producer.capture;
