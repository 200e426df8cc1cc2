/**
 * Measures what the detection costs. Start at {@link io.svidflow.benchmark.Bench}; the load is
 * {@link io.svidflow.benchmark.Load}.
 */
package io.svidflow.benchmark;
