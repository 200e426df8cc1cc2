package io.svidflow.lab;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.svidflow.cli.replay.Conclusions;
import io.svidflow.cli.replay.Replay;
import io.svidflow.event.Finding;
import io.svidflow.producer.bundle.BundleReader;
import io.svidflow.producer.bundle.IncidentBundle;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** spire-controller-manager is stopped while a deployment grows; what the laboratory records of it tells why. */
@Tag("lab")
@RequiresLaboratory
@Timeout(900)
class RecordedOutageTest {

    private static final String REGISTRAR = "spire/spire-server-0:spire-controller-manager";
    /** Longer than the grace of an entry and of its propagation. */
    private static final Duration OUTAGE = Duration.ofSeconds(80);

    @TempDir
    Path temporary;

    @Test
    void shouldNameTheRegistrarThatWasStopped() throws IOException, InterruptedException {
        Path recorded = temporary.resolve("registrar-stopped");
        try (Laboratory lab = Laboratory.start()) {
            Laboratory.Recording recording = lab.record(recorded);
            pass(Duration.ofSeconds(5));
            lab.fault("stop", REGISTRAR);
            lab.kubectl("-n", "shop", "scale", "deployment/cart", "--replicas=8");
            pass(OUTAGE);
            lab.fault("cont", REGISTRAR);
            lab.awaitIdentities();
            pass(Duration.ofSeconds(15));
            recording.finish();
        }

        Conclusions found = replay(new BundleReader().read(recorded));

        assertThat(found.findings()).hasSize(2).allSatisfy(finding -> {
            assertThat(finding.getPod()).startsWith("cart-");
            assertThat(finding.getCause()).isEqualTo("REGISTRAR_DOWN");
            assertThat(finding.getRecoveredAt()).isNotNull();
        });
        assertThat(found.findings())
                .extracting(Finding::getIncidentId)
                .containsOnly(found.incidents().get(0).getId());
    }

    private static void pass(Duration duration) {
        long end = System.nanoTime() + duration.toNanos();
        await().atMost(duration.plusSeconds(30)).until(() -> System.nanoTime() - end >= 0);
    }

    private static Conclusions replay(IncidentBundle bundle) {
        try (Replay replay = Replay.from(bundle.manifest().start())) {
            return replay.play(bundle.publications());
        }
    }
}
