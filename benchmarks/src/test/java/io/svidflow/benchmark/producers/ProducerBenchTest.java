package io.svidflow.benchmark.producers;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.time.Clock;
import org.junit.jupiter.api.Test;

class ProducerBenchTest {

    @Test
    void shouldMeasureListingMemoryAndPublisher() throws IOException, InterruptedException {
        ProducerReport report = new ProducerBench(Clock.systemUTC(), doing -> {}).run(20, 1200);

        assertThat(report.facts()).as("pods, nodes, and that these are all").isEqualTo(1222);
        assertThat(report.listing().served() / 1200).isGreaterThan(2000);
        assertThat(report.factsASecond()).isPositive();
        assertThat(report.toText()).contains("20 nodes and 1,200 pods", "bytes a pod", "facts/s");
    }
}
