package io.svidflow.resync.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;

import io.svidflow.event.RemediationAction;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What a process may do is known before it is needed. */
class ActorAccessTest {

    private final SmallKubernetes kubernetes = SampleCluster.fill(new SmallKubernetes());
    private final KubernetesCluster cluster = new KubernetesCluster(kubernetes.access(), Duration.ofSeconds(5));

    @AfterEach
    void close() {
        cluster.close();
        kubernetes.close();
    }

    @Test
    void shouldMissNothingWhereEverythingIsGranted() {
        assertThat(cluster.missing(List.of(RemediationAction.RESTART_AGENT))).isEmpty();
    }

    @Test
    void shouldNameWhatIsNotGrantedAndWhatGrantsIt() {
        kubernetes.forbids("delete pods spire").forbids("patch pods");

        assertThat(cluster.missing(List.of(RemediationAction.RESTART_AGENT)))
                .singleElement()
                .asString()
                .startsWith("delete pods in namespace spire is not allowed")
                .contains("deploy/resync-agent/restart-agent.yaml");
        assertThat(cluster.missing(List.of(RemediationAction.POKE_REGISTRAR)))
                .singleElement()
                .asString()
                .startsWith("patch pods is not allowed");
    }

    @Test
    void shouldNotAskAboutActionsThatAreNotAllowedAnyway() {
        kubernetes.forbids("delete pods spire");

        assertThat(cluster.missing(List.of(RemediationAction.RESTART_WORKLOAD))).isEmpty();
    }

    @Test
    void shouldNoticeAClusterWithoutAgents() {
        try (SmallKubernetes empty = new SmallKubernetes();
                KubernetesCluster other = new KubernetesCluster(empty.access(), Duration.ofSeconds(5))) {
            assertThat(other.missing(List.of(RemediationAction.RESTART_AGENT)))
                    .singleElement()
                    .asString()
                    .contains("is this the right cluster?");
        }
    }

    @Test
    void shouldSayThatNobodyAnswers() {
        kubernetes.close();

        assertThat(cluster.missing(List.of(RemediationAction.RESTART_AGENT)))
                .singleElement()
                .asString()
                .contains("cannot be asked");
    }
}
