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
    void shouldKnowThatAnAttemptThatTimesOutTakesItsTime() {
        NodeTransition hanging = failed(2, 0, -37.5);
        hanging.put("lastSyncError", "rpc error: code = DeadlineExceeded desc = context deadline exceeded");

        Prediction window = backoff.next(hanging).orElseThrow();

        assertThat(window.getNotBefore()).isEqualTo(at(10.125));
        assertThat(window.getNotAfter()).isEqualTo(at(14.375));
    }

    @ParameterizedTest
    @CsvSource({"1.7.0, 120", "1.7.1, 240", "1.15.3, 240", "nightly, 240"})
    void shouldCapTheWaitByTheVersionOfTheAgent(String version, int cap) {
        NodeTransition old = failed(40, 0, null);
        old.put("agentVersion", version);

        Prediction window = backoff.next(old).orElseThrow();

        assertThat(window.getNotBefore()).isEqualTo(at(cap * 0.9));
        assertThat(window.getNotAfter()).isEqualTo(at(cap * 1.1 + 2));
    }

    @Test
    void shouldTakeTheVersionOfTheIncidentForAgentsThatDoNotTellTheirs() {
        Backoff ancient =
                new Backoff(Duration.ofSeconds(5), SpireVersion.of("1.6.3").orElseThrow());
        NodeTransition updated = failed(40, 0, null);
        updated.put("agentVersion", "1.12.2");

        assertThat(ancient.next(failed(40, 0, null)).orElseThrow().getNotBefore())
                .isEqualTo(at(108));
        assertThat(ancient.next(updated).orElseThrow().getNotBefore()).isEqualTo(at(216));
        assertThat(ancient.worstWaitAfter(Duration.ofHours(1))).isEqualTo(Duration.ofSeconds(134));
    }

    @ParameterizedTest
    @CsvSource({"1.8.2, 60", "1.8.3, 5"})
    void shouldExpectAProcessThatIsNewToSynchroniseAtOnce(String version, int firstWait) {
        NodeTransition restarted = failed(9, 0, -190.0);
        restarted.put("agentVersion", version);
        restarted.put("agentStartedAt", at(30));

        Prediction window = new Backoff(Duration.ofSeconds(60)).next(restarted).orElseThrow();

        assertThat(window.getNotBefore()).isEqualTo(at(30));
        assertThat(window.getNotAfter()).isEqualTo(at(30 + firstWait + 40));
        assertThat(window.getAttempts()).isZero();
    }

    @Test
    void shouldTakeTheAgentAtItsWord() {
        NodeTransition starting = failed(3, 0, -8.0);
        starting.put("nextSyncAttempt", at(17.5));

        Prediction window = backoff.next(starting).orElseThrow();

        assertThat(window.getNotBefore()).isEqualTo(at(17.5));
        assertThat(window.getNotAfter()).isEqualTo(at(19.5));
    }

    @Test
    void shouldSayByWhenTheAgentMustHaveHealed() {
        Prediction window = backoff.next(failed(1, 0, null)).orElseThrow();

        assertThat(window.getHealedBy()).isEqualTo(window.getNotAfter().plusSeconds(40));
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
