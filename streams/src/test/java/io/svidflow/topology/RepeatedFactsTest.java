package io.svidflow.topology;

import static io.svidflow.scene.Bodies.agent;
import static io.svidflow.scene.Bodies.entry;
import static io.svidflow.scene.Bodies.pod;
import static io.svidflow.scene.Bodies.server;
import static io.svidflow.scene.Bodies.syncFailed;
import static io.svidflow.scene.Scene.NODE;
import static io.svidflow.scene.Scene.fact;
import static org.assertj.core.api.Assertions.assertThat;

import io.svidflow.event.AgentSignalKind;
import io.svidflow.event.Evidence;
import io.svidflow.event.Finding;
import io.svidflow.event.NodeTransition;
import io.svidflow.event.PodIdentityEvent;
import io.svidflow.event.ServerSignalKind;
import io.svidflow.scene.Bodies;
import io.svidflow.scene.Scene;
import java.nio.file.Path;
import java.util.List;
import org.apache.avro.specific.SpecificRecord;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A producer that starts again repeats itself, long after its heartbeats: what has been applied is not applied again. */
class RepeatedFactsTest {

    @TempDir
    private Path stateDir;

    private Stages stages;

    @BeforeEach
    void startsWithAHealthyNode() {
        stages = new Stages(stateDir);
        stages.publish(0, fact(0, Bodies.node(NODE)));
        stages.publish(0, fact(0, Bodies.agentPod("agent", -100, true)));
        stages.publish(0, fact(0, Bodies.agentListed(false)));
    }

    @AfterEach
    void ends() {
        stages.close();
    }

    @Test
    void shouldNotBringBackAPodThatIsGone() {
        SpecificRecord came = fact(2, pod("p", 2));
        stages.publish(2, came);
        stages.publish(5, fact(5, Bodies.gone("p")));
        beat(1, 30);

        stages.publish(30, came);
        beat(31, 200);

        assertThat(stages.findings()).isEmpty();
    }

    @Test
    void shouldCountAnAttemptOnce() {
        List<SpecificRecord> attempts =
                List.of(fact(5, syncFailed("connection refused")), fact(12, syncFailed("connection refused")));
        attempts.forEach(attempt -> stages.publish(12, attempt));
        beat(1, 30);
        attempts.forEach(attempt -> stages.publish(30, attempt));
        stages.publish(31, fact(31, agent(AgentSignalKind.BANNED)));
        beat(31, 40);

        NodeTransition last = stages.transitions().stream()
                .map(PodIdentityEvent::getBody)
                .filter(NodeTransition.class::isInstance)
                .map(NodeTransition.class::cast)
                .reduce((a, b) -> b)
                .orElseThrow();
        assertThat(last.getBanned()).isTrue();
        assertThat(last.getSyncAttempts()).isEqualTo(2);
    }

    @Test
    void shouldNotTakeARepeatedComplaintForANewOne() {
        SpecificRecord aborted = serverFact(3, ServerSignalKind.REGISTRAR_FAILED, "Failed to list SPIRE entries");
        stages.publish(3, aborted);
        stages.publish(4, serverFact(4, ServerSignalKind.ENTRY_WRITTEN, null));
        beat(1, 30);
        stages.publish(30, aborted);
        stages.publish(31, fact(31, pod("p", 31)));
        beat(31, 100);

        assertThat(stages.findings()).isNotEmpty();
        assertThat(stages.findings())
                .flatExtracting(Finding::getEvidence)
                .extracting(Evidence::getText)
                .noneMatch(text -> text.contains("aborted"));
    }

    @Test
    void shouldStillTakeAFactThatIsMerelyLate() {
        stages.publish(1, fact(1, pod("p", 1)));
        beat(1, 70);
        stages.publish(71, fact(10, entry("p", 10)));
        stages.publish(71, fact(11, Bodies.issuing("p")));
        beat(71, 80);

        assertThat(stages.findings()).isNotEmpty();
        assertThat(stages.findings().get(stages.findings().size() - 1).getRecoveredAt())
                .isNotNull();
    }

    private void beat(int from, int until) {
        for (int second = from; second <= until; second++) {
            stages.heartbeats(second);
        }
    }

    private static SpecificRecord serverFact(int second, ServerSignalKind kind, String error) {
        return Scene.fact(null, second, server(kind, error));
    }
}
