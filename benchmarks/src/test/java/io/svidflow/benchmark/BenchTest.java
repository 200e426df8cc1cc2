package io.svidflow.benchmark;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

class BenchTest {

    /** No thresholds: a machine that is busy is slow, and that is no fault of the code. */
    @Test
    @Timeout(120)
    void shouldMeasureASmallLoad() throws IOException, InterruptedException {
        Duration backlog = Duration.ofSeconds(120);
        LoadShape shape = new LoadShape(10, 3, 1, 0.2, backlog, 7);
        BenchPlan plan = new BenchPlan(shape, backlog, Duration.ofSeconds(3), 2, 1);

        BenchReport report = new Bench(Clock.systemUTC(), message -> {}).run(plan);

        assertThat(report.passthrough().records()).isEqualTo(report.detection().records());
        assertThat(report.passthrough().facts()).isLessThan(report.passthrough().records());
        assertThat(report.ratio()).isPositive();
        assertThat(report.toText()).contains("seed 7").contains("10 nodes, 30 pods");
    }

    @Test
    void shouldTakeTheNearestRankAsPercentile() {
        List<Duration> measured =
                IntStream.rangeClosed(1, 200).mapToObj(Duration::ofMillis).toList();

        assertThat(Latency.of(measured)).isEqualTo(new Latency(200, 100, 198));
        assertThat(Latency.of(List.of(Duration.ofMillis(3)))).isEqualTo(new Latency(1, 3, 3));
        assertThat(Latency.of(List.of()).p50Millis()).isNaN();
    }
}
