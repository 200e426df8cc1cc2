package io.svidflow.cli.evaluate;

import static org.assertj.core.api.Assertions.assertThat;

import io.svidflow.cli.report.Samples;
import io.svidflow.event.Finding;
import io.svidflow.event.PredictionOutcome;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class PredictionErrorsTest {

    private static final Instant START = Instant.parse("2026-01-01T00:00:00Z");

    @Test
    void shouldCountTheAttemptsOfAgentsAndNotThePodsThatWaitedForThem() {
        PredictionErrors errors = PredictionErrors.of(
                List.of(finding("node-1", 10, 0), finding("node-1", 10, 0), finding("node-2", 10, -300)));

        assertThat(errors.count()).isEqualTo(2);
        assertThat(errors.inside()).isEqualTo(1);
    }

    @Test
    void shouldMeasureTheSizeOfErrorsOnEitherSide() {
        PredictionErrors errors = PredictionErrors.of(
                List.of(finding("node-1", 10, 0), finding("node-2", 20, -300), finding("node-3", 30, 2000)));

        assertThat(errors.error(0.5)).contains(Duration.ofMillis(300));
        assertThat(errors.error(0.95)).contains(Duration.ofSeconds(2));
    }

    @Test
    void shouldSaySoInTheSummary() {
        Evaluation evaluation = Evaluation.judged(new Judgement(
                "b",
                List.of(),
                List.of(),
                0,
                List.of(),
                PredictionErrors.of(List.of(finding("node-1", 10, 0), finding("node-2", 20, 2000))),
                List.of()));

        assertThat(EvaluationText.plain().render(evaluation, true))
                .contains("2 predicted attempts of agents were seen, 1 of them within the window; median error 0.0 s,"
                        + " p95 2.0 s.");
        assertThat(new EvaluationJson().render(evaluation, true))
                .contains("\"count\" : 2", "\"inside\" : 1", "\"p95Seconds\" : 2.0");
    }

    @Test
    void shouldSayNothingWhereNothingWasPredicted() {
        assertThat(PredictionErrors.of(List.of(Samples.finding("cart-1").build()))
                        .error(0.5))
                .isEmpty();
        assertThat(EvaluationText.plain().render(Evaluation.EMPTY, true)).doesNotContain("predicted");
    }

    private static Finding finding(String node, int second, long offBy) {
        return Samples.finding("cart-1")
                .setNode(node)
                .setPredictionOutcome(PredictionOutcome.newBuilder()
                        .setNotBefore(START.plusSeconds(second))
                        .setNotAfter(START.plusSeconds(second + 5))
                        .setSucceededAt(START.plusSeconds(second + 2))
                        .setOffByMillis(offBy)
                        .build())
                .build();
    }
}
