/**
 * What is observed live: each kind of source with the keys of its part of the configuration. A source is wired by one line
 * in {@link io.svidflow.cli.source.Catalogue}.
 */
package io.svidflow.cli.source;
