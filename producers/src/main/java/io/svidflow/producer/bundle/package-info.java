/** What happened, from an incident bundle: a folder, archive or log file becomes the facts in the order they came. */
package io.svidflow.producer.bundle;
