package io.svidflow.topology;

import static io.svidflow.scene.Bodies.pod;
import static io.svidflow.scene.Scene.KUBERNETES;
import static io.svidflow.scene.Scene.NODE;
import static io.svidflow.scene.Scene.SPIRE;
import static io.svidflow.scene.Scene.at;
import static io.svidflow.scene.Scene.fact;
import static org.assertj.core.api.Assertions.assertThat;

import io.svidflow.event.CoverageTransition;
import io.svidflow.event.Evidence;
import io.svidflow.event.Farewell;
import io.svidflow.event.Incident;
import io.svidflow.event.PodIdentityEvent;
import io.svidflow.scene.Bodies;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A source that falls silent is a fact of its own, and nobody is judged without it. */
class SilenceTest {

    @TempDir
    private Path stateDir;

    private Stages stages;

    @BeforeEach
    void startWithAPodThatWillBeStuckAt60() {
        stages = new Stages(stateDir);
        stages.publish(0, fact(0, Bodies.node(NODE)));
        stages.publish(0, fact(0, Bodies.agentPod("agent", -100, true)));
        stages.publish(0, fact(0, Bodies.agentListed(false)));
        stages.publish(0, fact(0, pod("p", 0)));
    }

    @AfterEach
    void close() {
        stages.close();
    }

    @Test
    void shouldDeclareASourceLateAfterFifteenSecondsAndJudgeNobody() {
        beatUntil(30);
        spireFallsSilentUntil(120);

        assertThat(stages.transitions())
                .filteredOn(event -> event.getBody() instanceof CoverageTransition)
                .first()
                .satisfies(event -> {
                    CoverageTransition coverage = (CoverageTransition) event.getBody();
                    assertThat(coverage.getSource()).isEqualTo(SPIRE);
                    assertThat(coverage.getLate()).isTrue();
                    assertThat(coverage.getSince()).isEqualTo(at(45));
                });
        assertThat(stages.incidents()).singleElement().satisfies(incident -> {
            assertThat(incident.getCause()).isEqualTo("COVERAGE_LOST");
            assertThat(incident.getOpenedAt()).isEqualTo(at(45));
        });
        assertThat(stages.findings()).isEmpty();
    }

    @Test
    void shouldNotHurryToDeclareASourceLate() {
        beatUntil(30);
        spireFallsSilentUntil(44);

        assertThat(stages.incidents()).isEmpty();
    }

    @Test
    void shouldJudgeAgainWhenTheSourceComesBack() {
        beatUntil(30);
        spireFallsSilentUntil(120);
        for (int second = 121; second < 160; second++) {
            stages.heartbeats(second);
        }

        Incident last = stages.incidents().get(stages.incidents().size() - 1);
        assertThat(stages.incidents()).extracting(Incident::getCause).contains("COVERAGE_LOST");
        assertThat(stages.findings()).hasSize(1);
        assertThat(stages.findings().get(0).getDetectedAt()).isBetween(at(121), at(160));
        assertThat(stages.incidents())
                .filteredOn(incident -> incident.getClosedAt() != null)
                .singleElement()
                .satisfies(incident -> assertThat(incident.getClosedAt()).isEqualTo(at(121)));
        assertThat(last.getUpdatedAt()).isAfterOrEqualTo(at(121));
    }

    @Test
    void shouldNotWaitForAServerThatNobodyHearsAnyMore() {
        beatUntil(10);
        for (int second = 11; second < 100; second++) {
            stages.heartbeats(second, List.of(KUBERNETES));
        }

        assertThat(stages.incidents()).as("stage 2 goes on").isNotEmpty();
    }

    @Test
    void shouldSayThatASourceWasStoppedAndNotTakenOver() {
        beatUntil(30);
        stages.farewell(30.5, 30, Farewell.STOPPED);
        spireFallsSilentUntil(120);

        assertThat(stages.incidents()).singleElement().satisfies(incident -> {
            assertThat(incident.getCause()).isEqualTo("COVERAGE_LOST");
            assertThat(incident.getEvidence())
                    .extracting(Evidence::getText)
                    .containsExactly("source " + SPIRE + " was stopped at " + at(30)
                            + ", and nobody has taken over: what it would tell is not known");
        });
        assertThat(stages.findings()).as("nobody is judged without it").isEmpty();
    }

    @Test
    void shouldNotNoticeThatAnotherProcessHasTakenOver() {
        beatUntil(50);
        stages.farewell(50.5, 50, Farewell.STOPPED);
        for (int second = 51; second < 64; second++) {
            stages.heartbeats(second, List.of(KUBERNETES));
        }
        for (int second = 64; second < 100; second++) {
            stages.heartbeats(second);
        }

        assertThat(stages.incidents()).extracting(Incident::getCause).doesNotContain("COVERAGE_LOST");
        assertThat(stages.findings())
                .as("judged at the deadline")
                .singleElement()
                .satisfies(finding -> assertThat(finding.getDetectedAt()).isBetween(at(60), at(64)));
    }

    @Test
    void shouldNotMissWhatIsGoneAlthoughOthersStillAnnounceIt() {
        beatUntil(30);
        stages.farewell(30.5, 30, Farewell.GONE);
        for (int second = 31; second < 120; second++) {
            stages.heartbeats(second, List.of(KUBERNETES));
        }

        assertThat(stages.incidents()).extracting(Incident::getCause).doesNotContain("COVERAGE_LOST");
        assertThat(stages.transitions())
                .extracting(PodIdentityEvent::getBody)
                .doesNotHaveAnyElementsOfTypes(CoverageTransition.class);
    }

    @Test
    void shouldBeContentWhenAMissingSourceTurnsOutToBeGone() {
        beatUntil(30);
        spireFallsSilentUntil(80);
        stages.farewell(80.5, 30, Farewell.GONE);
        stages.heartbeats(90, List.of(KUBERNETES));

        Incident last = stages.incidents().get(stages.incidents().size() - 1);
        assertThat(stages.incidents().get(0).getCause()).isEqualTo("COVERAGE_LOST");
        assertThat(stages.incidents())
                .filteredOn(incident -> incident.getCause().equals("COVERAGE_LOST"))
                .last()
                .satisfies(incident -> assertThat(incident.getClosedAt()).isNotNull());
        assertThat(last.getUpdatedAt()).isAfter(at(40));
    }

    private void beatUntil(int second) {
        for (int s = 1; s <= second; s++) {
            stages.heartbeats(s);
        }
    }

    private void spireFallsSilentUntil(int second) {
        for (int s = 31; s <= second; s++) {
            stages.heartbeats(s, List.of(KUBERNETES));
        }
    }
}
