package io.svidflow.diagnosis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.svidflow.event.Link;
import org.junit.jupiter.api.Test;

/** What is not collected is said, and makes a cause doubtful where its look-alikes differ by it alone. */
class WeakEvidenceTest {

    private static final String[] ALL = {
        "kubernetes", "spire-server", "agent-log", "agent-debug", "server-log", "audit", "controller-manager-log"
    };

    @Test
    void shouldSayWhatIsNotCollected() {
        assertThat(Question.missing(Link.ENTRY_PRESENT)
                        .watchedBy("kubernetes", "server-log")
                        .pod(pod -> pod.setSources(java.util.List.of("agent-log")))
                        .diagnosis(90)
                        .notCollected())
                .containsExactly("spire-server", "agent-debug", "audit", "controller-manager-log");
    }

    @Test
    void shouldNotMissTheAuditLogBesideTheLogItIsPartOf() {
        assertThat(Question.missing(Link.ENTRY_PRESENT)
                        .watchedBy("kubernetes", "spire-server", "agent-log", "agent-debug", "controller-manager-log")
                        .diagnosis(90)
                        .notCollected())
                .containsExactly("server-log");
        assertThat(Question.missing(Link.ENTRY_PRESENT)
                        .watchedBy(ALL)
                        .diagnosis(90)
                        .notCollected())
                .isEmpty();
    }

    @Test
    void shouldDoubtALagWhenNobodyReadsWhetherTheRegistrarFailedToRenderTheEntry() {
        Question question = Question.missing(Link.ENTRY_PRESENT).registrarCalls(-60, 90);

        assertThat(question.watchedBy(ALL).diagnosis(90).confidence()).isGreaterThan(0.5);
        Diagnosis doubtful = question.watchedBy(
                        "kubernetes", "spire-server", "agent-log", "agent-debug", "server-log", "audit")
                .diagnosis(90);
        assertThat(doubtful.cause()).isEqualTo("REGISTRAR_LAG");
        assertThat(doubtful.confidence()).isEqualTo(Diagnosis.DOUBTFUL, within(1e-9));
    }

    @Test
    void shouldDoubtALagWhenOnlyTheServerWouldSayThatItCannotWrite() {
        Question question = Question.missing(Link.ENTRY_PRESENT).registrarCalls(-60, 90);

        Diagnosis doubtful = question.watchedBy(
                        "kubernetes", "spire-server", "agent-log", "agent-debug", "controller-manager-log")
                .diagnosis(90);
        assertThat(doubtful.cause()).isEqualTo("REGISTRAR_LAG");
        assertThat(doubtful.confidence()).isEqualTo(Diagnosis.DOUBTFUL, within(1e-9));
    }

    @Test
    void shouldDoubtThatTheRegistrarIsToBlameForWhatTheServerAnswersIt() {
        Question question = Question.missing(Link.ENTRY_PRESENT);
        for (int second = 0; second < 90; second += 10) {
            question.server(
                    second,
                    io.svidflow.scene.Bodies.server(
                            io.svidflow.event.ServerSignalKind.REGISTRAR_FAILED,
                            "Failed to update entries: rpc error: code = Internal desc = failed to create entry"));
        }

        assertThat(question.watchedBy(ALL).diagnosis(90).confidence()).isGreaterThan(0.5);
        Diagnosis doubtful =
                question.watchedBy("kubernetes", "controller-manager-log").diagnosis(90);
        assertThat(doubtful.cause()).isEqualTo("REGISTRAR_DOWN");
        assertThat(doubtful.confidence()).isLessThan(0.5);
    }

    @Test
    void shouldDoubtThatTheServerIsOutOfReachWhenCallsMerelyHangAndItsLogIsNotRead() {
        String hangs = "failed to fetch authorized entries: rpc error: code = DeadlineExceeded desc = context deadline"
                + " exceeded";
        Question hanging = Question.missing(Link.SYNCHRONISED).entry(1).everyNode(node -> node.setSyncFailingSince(
                        io.svidflow.scene.Scene.at(5))
                .setSyncAttempts(3)
                .setLastSyncAttempt(io.svidflow.scene.Scene.at(60))
                .setFirstSyncError(hangs)
                .setLastSyncError(hangs));

        assertThat(hanging.watchedBy(ALL).diagnosis(90).confidence()).isGreaterThan(0.5);
        Diagnosis doubtful = hanging.watchedBy("kubernetes", "agent-log").diagnosis(90);
        assertThat(doubtful.cause()).isEqualTo("SERVER_UNREACHABLE");
        assertThat(doubtful.confidence()).isLessThan(0.5);
    }

    @Test
    void shouldDoubtThatAnAgentIsMerelyNotReadyWhenNoLogSaysWhy() {
        Question question = Question.missing(Link.AGENT_READY)
                .node(node -> node.setAgentReady(false).setAgentReason("CrashLoopBackOff"));

        assertThat(question.watchedBy(ALL).diagnosis(90).confidence()).isGreaterThan(0.5);
        Diagnosis doubtful = question.watchedBy("kubernetes").diagnosis(90);
        assertThat(doubtful.cause()).isEqualTo("AGENT_NOT_READY");
        assertThat(doubtful.confidence()).isEqualTo(Diagnosis.DOUBTFUL, within(1e-9));
        assertThat(question.node(node -> node.setAgentPod(null)).diagnosis(90).confidence())
                .isGreaterThan(0.5);
    }
}
