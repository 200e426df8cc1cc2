package io.svidflow.cli.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import io.svidflow.cli.expect.Expectation;
import io.svidflow.cli.expect.ExpectationReader;
import io.svidflow.cli.expect.ExpectedFinding;
import io.svidflow.cli.replay.Verdicts;
import io.svidflow.cli.report.Verdict;
import io.svidflow.event.Finding;
import io.svidflow.producer.bundle.BundleReader;
import io.svidflow.producer.bundle.IncidentBundle;
import io.svidflow.producer.bundle.IncidentManifest;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Started in the middle of things, svidflow reports what it can see to be wrong, and not the rest of the cluster. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ColdStartTest {

    private final Recordings recordings = new Recordings();

    @ParameterizedTest(name = "{0} from {1} %")
    @CsvSource({
        "s01-node-restart-datastore, 30",
        "s01-node-restart-datastore, 60",
        "s02-healthy-churn, 50",
        "s03-registrar-down, 30",
        "s03-registrar-down, 50",
        "s05-kubelet-refuse, 50",
        "audit-off-node-restart-1122, 60"
    })
    void shouldNotReportPodsThatRanBefore(String id, int percent, @TempDir Path temporary) throws IOException {
        IncidentBundle whole = recordings.bundle(id);
        Path folder = BundleCopies.unpack(recordings.path(id), temporary);

        Verdict verdict =
                Verdicts.replay(new BundleReader().read(new ColdStart(at(whole.manifest(), percent)).of(folder)));

        Expectation expectation = new ExpectationReader()
                .read("expected.yaml", whole.expectedYaml().orElseThrow());
        List<String> unexpected = verdict.findings().stream()
                .map(ColdStartTest::pod)
                .filter(pod -> expectation.either().stream().noneMatch(either -> either.matches(pod)))
                .filter(pod -> expectation.findings().stream()
                        .map(ExpectedFinding::pod)
                        .noneMatch(expected -> expected.matches(pod)))
                .toList();
        assertThat(unexpected).isEmpty();
    }

    private static Instant at(IncidentManifest manifest, int percent) {
        Duration lasts = Duration.between(manifest.start(), manifest.end());
        return manifest.start().plusSeconds(lasts.toSeconds() * percent / 100);
    }

    private static String pod(Finding finding) {
        return finding.getNamespace() + "/" + finding.getPod();
    }
}
