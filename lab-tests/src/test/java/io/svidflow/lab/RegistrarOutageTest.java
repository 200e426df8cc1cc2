package io.svidflow.lab;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.svidflow.event.Finding;
import io.svidflow.producer.bundle.IncidentBundle;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * spire-controller-manager is stopped while a deployment grows: its new pods have no entries. It is said in time which
 * link is broken, and a replay of the same minutes says the same.
 */
@Tag("lab")
@RequiresLaboratory
@Timeout(900)
class RegistrarOutageTest {

    private static final Duration IN_TIME = Duration.ofSeconds(45);
    private static final String REGISTRAR = "spire/spire-server-0:spire-controller-manager";

    @TempDir
    Path temporary;

    @Test
    void shouldNameTheRegistrarInTimeAndFindTheSameInAReplay() throws IOException, InterruptedException {
        try (Laboratory lab = Laboratory.start();
                LiveSvidflow svidflow = LiveSvidflow.start(temporary)) {
            Observer observer = svidflow.observer();
            lab.fault("stop", REGISTRAR);
            lab.kubectl("-n", "shop", "scale", "deployment/cart", "--replicas=8");
            await().atMost(Duration.ofSeconds(60 + 45 + 60))
                    .until(() -> observer.finding(this::isNewCart).isPresent());
            Finding finding = observer.finding(this::isNewCart).orElseThrow();
            lab.fault("cont", REGISTRAR);
            await().atMost(Duration.ofMinutes(4)).until(observer::allIsOver);

            assertThat(finding.getCause()).isEqualTo("REGISTRAR_DOWN");
            assertThat(observer.delay(finding)).isLessThan(IN_TIME);
            assertThat(observer.conclusions().findings())
                    .allSatisfy(one -> assertThat(one.getPod()).startsWith("cart-"));
            IncidentBundle captured = svidflow.capture(Instant.now(), Outcome.folder("registrar-outage"));
            SameConclusions.require(observer.conclusions(), LiveSvidflow.replay(captured));
            Outcome.write("registrar-outage", captured, observer);
        }
    }

    private boolean isNewCart(Finding finding) {
        return finding.getNamespace().equals("shop") && finding.getPod().startsWith("cart-");
    }
}
