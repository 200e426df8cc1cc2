/** Log lines by the million: is any of them lost, does any of them throw, and how fast are they read? */
package io.svidflow.benchmark.lines;
