/** What an installation can be told, and how: one YAML file, overridden by the environment. Start at {@link io.svidflow.cli.config.Configuration}. */
package io.svidflow.cli.config;
