/** What it costs to watch a large cluster: {@link io.svidflow.benchmark.producers.ProducerBench} measures it. */
package io.svidflow.benchmark.producers;
