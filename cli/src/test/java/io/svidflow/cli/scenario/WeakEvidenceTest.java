package io.svidflow.cli.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import io.svidflow.cli.evaluate.Call;
import io.svidflow.cli.evaluate.Combination;
import io.svidflow.cli.evaluate.Disturbance;
import io.svidflow.cli.evaluate.Evaluation;
import io.svidflow.cli.evaluate.Evaluator;
import io.svidflow.cli.evaluate.Grade;
import io.svidflow.cli.evaluate.Matrix;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What docs/weak-evidence.md promises of fewer sources, held against the recordings. */
class WeakEvidenceTest {

    private static final Path FILE = Path.of("scenarios", "weak-evidence.yaml");

    private final Recordings recordings = new Recordings();

    /** With everything, it is ScenarioTest's. */
    @ParameterizedTest
    @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "EVERYTHING")
    void shouldTellAtLeastWhatTheMatrixSaysAndNothingWrong(Combination combination) throws IOException {
        Matrix matrix = matrix();

        Evaluation evaluation = new Evaluator(
                        combination.selection(), Disturbance.NONE, bundle -> {}, Clock.systemUTC())
                .evaluate(recordings.telling());

        assertThat(evaluation.faults(false)).isEmpty();
        for (Call call : evaluation.calls()) {
            assertThat(Grade.of(call))
                    .as("%s with %s", call, combination.title())
                    .isLessThanOrEqualTo(matrix.least(call.cause(), combination));
        }
    }

    @Test
    void shouldBeThePageThatPeopleRead() throws IOException {
        assertThat(Files.readString(Recordings.repository().resolve("docs/weak-evidence.md")))
                .as("docs/weak-evidence.md is out of date: run .ci/measure")
                .contains(matrix().markdown());
    }

    private static Matrix matrix() throws IOException {
        return Matrix.read(
                FILE.toString(), Files.readString(Recordings.repository().resolve(FILE)));
    }
}
