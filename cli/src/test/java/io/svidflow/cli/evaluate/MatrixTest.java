package io.svidflow.cli.evaluate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.svidflow.cli.BadInput;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class MatrixTest {

    private static final Call NAMED = call("AGENT_BANNED", 0.9);
    private static final Call UNKNOWN = call("UNKNOWN", 0.35);
    private static final Call WRONG = call("REGISTRAR_LAG", 0.9);

    @Test
    void shouldPromiseTheLeastOfWhatWasSeen() {
        Matrix matrix = Matrix.of(Map.of(
                Combination.EVERYTHING, evaluation(NAMED, NAMED), Combination.NO_API, evaluation(NAMED, UNKNOWN)));

        assertThat(matrix.least("AGENT_BANNED", Combination.EVERYTHING)).isEqualTo(Grade.NAMED);
        assertThat(matrix.least("AGENT_BANNED", Combination.NO_API)).isEqualTo(Grade.UNKNOWN);
        assertThat(matrix.least("NEVER_SEEN", Combination.NO_API)).isEqualTo(Grade.NAMED);
    }

    @Test
    void shouldReadWhatItWrote() {
        Matrix matrix = Matrix.of(Map.of(Combination.NO_API, evaluation(UNKNOWN, WRONG)));

        assertThat(matrix.yaml()).isEqualTo("AGENT_BANNED: {no-api: unknown}\n");
        assertThat(Matrix.read("m.yaml", matrix.yaml())).isEqualTo(matrix);
        assertThat(matrix.markdown()).contains("| AGENT_BANNED |  |  | UNKNOWN |");
        assertThatThrownBy(() -> Matrix.read("m.yaml", "AGENT_BANNED: {no-sun: unknown}"))
                .isInstanceOf(BadInput.class)
                .hasMessageContaining("m.yaml: is no matrix");
    }

    private static Evaluation evaluation(Call... calls) {
        return Evaluation.judged(
                new Judgement("b", List.of(calls), List.of(), 0, List.of(), PredictionErrors.NONE, List.of()));
    }

    private static Call call(String headline, double confidence) {
        return new Call(
                "shop/a", List.of("AGENT_BANNED"), headline, confidence, List.of(headline), Duration.ofSeconds(1));
    }
}
