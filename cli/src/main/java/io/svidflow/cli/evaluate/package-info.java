/** How often svidflow is right: many bundles replayed, compared with what is known of them, and counted. */
package io.svidflow.cli.evaluate;
