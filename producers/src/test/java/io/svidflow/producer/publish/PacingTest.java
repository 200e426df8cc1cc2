package io.svidflow.producer.publish;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PacingTest {

    private static final Duration MINUTE = Duration.ofMinutes(1);

    @Test
    void shouldNotWaitWhenAsFastAsPossible() {
        assertThat(Pacing.fastest().due(MINUTE)).isZero();
    }

    @Test
    void shouldKeepTheOriginalSpacing() {
        assertThat(Pacing.original().due(MINUTE)).isEqualTo(MINUTE);
    }

    @Test
    void shouldCompressBySpeed() {
        assertThat(new Pacing(60).due(MINUTE)).isEqualTo(Duration.ofSeconds(1));
    }

    @Test
    void shouldCompressToATotal() {
        Pacing pacing = Pacing.compressed(Duration.ofMinutes(30), Duration.ofSeconds(20));

        assertThat(pacing.due(Duration.ofMinutes(30))).isEqualTo(Duration.ofSeconds(20));
        assertThat(pacing.due(Duration.ofMinutes(3))).isEqualTo(Duration.ofSeconds(2));
    }

    @Test
    void shouldNotWaitForASingleInstantOrWithoutTime() {
        assertThat(Pacing.compressed(Duration.ZERO, MINUTE)).isEqualTo(Pacing.fastest());
        assertThat(Pacing.compressed(MINUTE, Duration.ZERO)).isEqualTo(Pacing.fastest());
    }

    @Test
    void shouldNotWaitForWhatWasObservedBeforeTheFirst() {
        assertThat(Pacing.original().due(MINUTE.negated())).isZero();
    }

    @ParameterizedTest
    @ValueSource(doubles = {0, -1, Double.NaN})
    void shouldRefuseASpeedThatNeverArrives(double speed) {
        assertThatThrownBy(() -> new Pacing(speed))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("speed must be above 0, but is " + speed);
    }

    @Test
    void shouldRefuseNegativeDurations() {
        assertThatThrownBy(() -> Pacing.compressed(MINUTE.negated(), MINUTE))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("PT-1M");
    }
}
