package io.svidflow.lab;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.svidflow.event.Finding;
import io.svidflow.event.Incident;
import io.svidflow.producer.bundle.IncidentBundle;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The node of the datastore is off for two and a half minutes and boots; a deployment grows meanwhile. */
@Tag("lab-long")
@RequiresLaboratory
@Timeout(1800)
class DatastoreRebootTest {

    private static final Duration IN_TIME = Duration.ofSeconds(45);

    @TempDir
    Path temporary;

    @Test
    void shouldFindTheOutageBehindTheWaitingPodsAndTheSameInAReplay() throws IOException, InterruptedException {
        try (Laboratory lab = Laboratory.start();
                LiveSvidflow svidflow = LiveSvidflow.start(temporary)) {
            Observer observer = svidflow.observer();

            lab.fault("node-down", "node-2", "150");
            lab.kubectl("-n", "shop", "scale", "deployment/cart", "--replicas=10");
            await().atMost(Duration.ofMinutes(5))
                    .until(() -> observer.finding(any -> true).isPresent());
            await().atMost(Duration.ofMinutes(10)).until(observer::allIsOver);
            lab.kubectl("-n", "shop", "rollout", "status", "deployment/cart", "--timeout=120s");

            assertThat(observer.conclusions().incidents())
                    .extracting(Incident::getCause)
                    .contains("SERVER_DATASTORE_DOWN");
            for (Finding finding : observer.conclusions().findings()) {
                assertThat(observer.delay(finding)).as(finding.getPod()).isLessThan(IN_TIME);
            }
            IncidentBundle captured = svidflow.capture(Instant.now(), Outcome.folder("datastore-reboot"));
            SameConclusions.require(observer.conclusions(), LiveSvidflow.replay(captured));
            Outcome.write("datastore-reboot", captured, observer);
        }
    }
}
