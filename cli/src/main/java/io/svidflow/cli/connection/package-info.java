/** How a verb reaches Kafka and the schema registry. */
package io.svidflow.cli.connection;
