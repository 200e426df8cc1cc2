package io.svidflow.diagnosis;

import static io.svidflow.scene.Scene.at;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.svidflow.event.NodeTransition;
import io.svidflow.event.Prediction;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The predicted window against what real agents did in an outage of 295 s. */
class BackoffTest {

    /** The shortest and the longest gap that was measured after each failure, seconds. */
    private static final double[][] MEASURED = {
        {7.2, 7.7}, {10.8, 12.3}, {16.7, 18.2}, {24.2, 27.3}, {34.3, 39.3}, {56.2, 58.8}, {85.5, 88.8}, {119, 139}
    };

    private final Backoff backoff = new Backoff(Duration.ofSeconds(5));

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 4, 5, 6, 7, 8})
    void shouldHoldEveryGapThatWasMeasured(int failures) {
        double[] gap = MEASURED[failures - 1];
        double middleBefore = failures == 1 ? 0 : (MEASURED[failures - 2][0] + MEASURED[failures - 2][1]) / 2;

        Prediction window = backoff.next(failed(failures, 0, failures == 1 ? null : -middleBefore))
                .orElseThrow();

        assertThat(window.getNotBefore()).isBeforeOrEqualTo(at(gap[0]));
        assertThat(window.getNotAfter()).isAfterOrEqualTo(at(gap[1]));
        assertThat(window.getAttempts()).isEqualTo(failures);
    }

    @Test
    void shouldNeverWaitLongerThanTheCap() {
        Prediction window = backoff.next(failed(40, 0, null)).orElseThrow();

        assertThat(window.getNotBefore()).isEqualTo(at(216));
        assertThat(window.getNotAfter()).isEqualTo(at(266));
    }

    @Test
    void shouldFollowTheGapsOfAnAgentWithAnotherInterval() {
        Prediction window = backoff.next(failed(3, 0, -60.0)).orElseThrow();

        assertThat(window.getNotBefore()).isBefore(at(90));
        assertThat(window.getNotAfter()).isAfter(at(90));
    }

    @ParameterizedTest
    @CsvSource({"0, 8", "4, 8", "5, 10", "60, 44", "300, 143", "600, 266", "7200, 266"})
    void shouldBoundTheWaitAfterAnOutage(int outageSeconds, int waitSeconds) {
        assertThat(backoff.worstWaitAfter(Duration.ofSeconds(outageSeconds)))
                .isEqualTo(Duration.ofSeconds(waitSeconds));
    }

    @Test
    void shouldPredictNothingOfAnAgentThatDoesNotFail() {
        NodeTransition healthy = failed(0, 0, null);
        healthy.put("syncFailingSince", null);

        assertThat(backoff.next(healthy)).isEmpty();
    }

    @Test
    void shouldRefuseAnIntervalThatIsNone() {
        assertThatThrownBy(() -> new Backoff(Duration.ZERO)).hasMessage("sync interval must be positive, but is PT0S");
    }

    private static NodeTransition failed(int attempts, double last, Double previous) {
        return NodeTransition.newBuilder()
                .setNode("node-1")
                .setRebooted(false)
                .setBanned(false)
                .setSyncFailingSince(at(-300))
                .setSyncAttempts(attempts)
                .setLastSyncAttempt(at(last))
                .setPreviousSyncAttempt(previous == null ? null : at(previous))
                .setEvidence(List.of())
                .build();
    }
}
