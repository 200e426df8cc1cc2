package io.svidflow.lab;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.svidflow.producer.bundle.IncidentBundle;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Half an hour in which deployments grow, shrink and are rolled out, and nothing is wrong: nothing may be said. */
@Tag("lab-long")
@RequiresLaboratory
@Timeout(3600)
class HealthyChurnTest {

    private static final int ROUNDS = Integer.getInteger("svidflow.lab.minutes", 30);

    @TempDir
    Path temporary;

    @Test
    void shouldSayNothingInHalfAnHourOfOrdinaryChurn() throws IOException, InterruptedException {
        try (Laboratory lab = Laboratory.start();
                LiveSvidflow svidflow = LiveSvidflow.start(temporary)) {
            for (int minute = 0; minute < ROUNDS; minute++) {
                Instant next = Instant.now().plusSeconds(60);
                String replicas = "--replicas=" + (minute % 2 == 0 ? 9 : 5);
                lab.kubectl("-n", "shop", "scale", "deployment/cart", replicas);
                if (minute % 5 == 4) {
                    lab.kubectl("-n", "shop", "rollout", "restart", "deployment/payment");
                }
                await().atMost(Duration.ofMinutes(2))
                        .pollInterval(Duration.ofSeconds(1))
                        .until(() -> !Instant.now().isBefore(next));
                assertThat(svidflow.observer().conclusions().findings())
                        .as("after %d minutes", minute + 1)
                        .isEmpty();
            }

            IncidentBundle captured = svidflow.capture(Instant.now(), Outcome.folder("healthy-churn"));
            SameConclusions.require(svidflow.observer().conclusions(), LiveSvidflow.replay(captured));
            Outcome.write("healthy-churn", captured, svidflow.observer());
        }
    }
}
