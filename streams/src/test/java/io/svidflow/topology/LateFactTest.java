package io.svidflow.topology;

import static io.svidflow.scene.Bodies.entry;
import static io.svidflow.scene.Bodies.issuing;
import static io.svidflow.scene.Bodies.pod;
import static io.svidflow.scene.Scene.NODE;
import static io.svidflow.scene.Scene.at;
import static io.svidflow.scene.Scene.fact;
import static org.assertj.core.api.Assertions.assertThat;

import io.svidflow.event.Finding;
import io.svidflow.event.IdentityState;
import io.svidflow.scene.Bodies;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A fact that comes behind its heartbeat revises what was said; it does not say something new. */
class LateFactTest {

    @TempDir
    private Path stateDir;

    @Test
    void shouldReviseTheFindingWhenTheEntryTurnsUpLate() {
        try (Stages stages = new Stages(stateDir)) {
            stages.publish(0, fact(0, Bodies.node(NODE)));
            stages.publish(0, fact(0, Bodies.agentPod("agent", -100, true)));
            stages.publish(0, fact(0, Bodies.agentListed(false)));
            stages.publish(0, fact(0, pod("p", 0)));
            for (int second = 1; second <= 80; second++) {
                stages.heartbeats(second);
            }
            assertThat(stages.findings()).hasSize(1);

            stages.publish(81, fact(20, entry("p", 20))); // behind the heartbeat of 80
            stages.publish(81, fact(25, issuing("p")));
            for (int second = 81; second <= 90; second++) {
                stages.heartbeats(second);
            }

            assertThat(stages.findings())
                    .extracting(Finding::getId)
                    .containsOnly(stages.findings().get(0).getId());
            Finding last = stages.findings().get(stages.findings().size() - 1);
            assertThat(last.getRevision()).isGreaterThan(1);
            assertThat(last.getState()).isEqualTo(IdentityState.RECOVERED);
            assertThat(last.getClocks().getEntry()).isEqualTo(at(20));
        }
    }
}
