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
