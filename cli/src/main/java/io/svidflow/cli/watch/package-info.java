/** What happens in a live cluster, observed, judged and told by one process with a broker of its own. */
package io.svidflow.cli.watch;
