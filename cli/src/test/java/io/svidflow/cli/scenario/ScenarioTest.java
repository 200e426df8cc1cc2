package io.svidflow.cli.scenario;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import io.svidflow.cli.expect.Expectation;
import io.svidflow.cli.expect.ExpectationCheck;
import io.svidflow.cli.expect.ExpectationReader;
import io.svidflow.cli.replay.Verdicts;
import io.svidflow.producer.bundle.IncidentBundle;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/** What svidflow says about real incidents: every recording against what is known of it. */
@Execution(ExecutionMode.CONCURRENT)
class ScenarioTest {

    /** Shared by the tests, so that each recording is read once. */
    private static final Recordings RECORDINGS = new Recordings();

    @TestFactory
    Stream<DynamicTest> shouldFindWhatIsExpectedAndNothingElse() {
        assertThat(RECORDINGS.bundles()).isNotEmpty();
        return RECORDINGS.bundles().keySet().stream()
                .map(id -> dynamicTest(id, () -> assertThat(differences(RECORDINGS.bundle(id)))
                        .as("expected.yaml of %s", id)
                        .isEmpty()));
    }

    @TestFactory
    Stream<DynamicTest> shouldUnderstandEveryLine() {
        return RECORDINGS.bundles().keySet().stream()
                .map(id -> dynamicTest(id, () -> {
                    IncidentBundle bundle = RECORDINGS.bundle(id);
                    assertThat(bundle.manifest().id()).isEqualTo(id);
                    assertThat(bundle.report().deadLettered().count())
                            .as("dead letters of %s: %s", id, bundle.report().deadLettered())
                            .isZero();
                }));
    }

    private static Iterable<String> differences(IncidentBundle bundle) {
        Expectation expectation = new ExpectationReader()
                .read("expected.yaml", bundle.expectedYaml().orElseThrow());
        return new ExpectationCheck(expectation).differences(Verdicts.replay(bundle));
    }
}
