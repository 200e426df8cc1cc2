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

/** What svidflow says about real incidents: every recording against what is known of it. */
class ScenarioTest {

    private final Recordings recordings = new Recordings();

    @TestFactory
    Stream<DynamicTest> shouldFindWhatIsExpectedAndNothingElse() {
        assertThat(recordings.bundles()).isNotEmpty();
        return recordings.bundles().keySet().stream()
                .map(id -> dynamicTest(id, () -> assertThat(differences(recordings.bundle(id)))
                        .as("expected.yaml of %s", id)
                        .isEmpty()));
    }

    @TestFactory
    Stream<DynamicTest> shouldUnderstandEveryLine() {
        return recordings.bundles().keySet().stream()
                .map(id -> dynamicTest(id, () -> {
                    IncidentBundle bundle = recordings.bundle(id);
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
