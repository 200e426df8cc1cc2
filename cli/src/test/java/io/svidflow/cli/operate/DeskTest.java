package io.svidflow.cli.operate;

import static org.assertj.core.api.Assertions.assertThat;

import io.svidflow.cli.replay.Conclusions;
import io.svidflow.cli.run.Installation;
import io.svidflow.cli.run.TopicSetup;
import io.svidflow.embedded.EmbeddedKafka;
import io.svidflow.event.ControlKind;
import io.svidflow.event.RemediationControl;
import java.nio.file.Path;
import java.time.Clock;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What an operator wants reaches the topic, and is read back with everybody else's. */
class DeskTest {

    @TempDir
    private Path stateDir;

    @Test
    void shouldSendWishesAndReadThemBack() throws InterruptedException {
        try (EmbeddedKafka kafka = new EmbeddedKafka()) {
            kafka.start();
            Installation installation = new Installation(
                    Map.of("bootstrap.servers", kafka.bootstrapServers(), "schema.registry.url", "mock://desk"),
                    stateDir.toString(),
                    2);
            TopicSetup.create(installation.settings(), installation.partitions());
            Desk desk = new Desk(installation);
            RemediationControl pause = RemediationControl.newBuilder()
                    .setId("w-1")
                    .setCluster("lab")
                    .setAt(Clock.systemUTC().instant().truncatedTo(ChronoUnit.MICROS))
                    .setOperator("ada")
                    .setReason("maintenance")
                    .setKind(ControlKind.PAUSE)
                    .build();

            desk.send(pause);

            List<RemediationControl> wishes = new ArrayList<>();
            Conclusions conclusions = desk.read(wishes::add);
            assertThat(wishes).containsExactly(pause);
            assertThat(conclusions.remediations()).isEmpty();
        }
    }
}
