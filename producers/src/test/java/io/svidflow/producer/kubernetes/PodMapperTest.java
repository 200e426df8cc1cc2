package io.svidflow.producer.kubernetes;

import static io.svidflow.producer.kubernetes.Objects.pod;
import static io.svidflow.producer.kubernetes.Objects.podOf;
import static io.svidflow.producer.kubernetes.Objects.seen;
import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodBuilder;
import io.svidflow.event.ContainerState;
import io.svidflow.event.PodObserved;
import io.svidflow.event.PodRole;
import io.svidflow.producer.EventHeaders;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PodMapperTest {

    private final PodMapper mapper = new PodMapper(new EventHeaders("lab", "kubernetes"));

    @Test
    void shouldPublishAPodOnlyOnceItHasANode() {
        assertThat(mapper.map(seen(pod("a", null, Map.of())), RuleSelection.UNKNOWN))
                .isEmpty();
        assertThat(mapper.map(seen(pod("a", "node-1", Map.of())), RuleSelection.UNKNOWN))
                .hasValueSatisfying(it -> assertThat(it.key()).isEqualTo("lab/node-1"));
    }

    @ParameterizedTest
    @CsvSource({
        "spire-agent,  ghcr.io/spiffe/spire-agent:1.11.0,             SPIRE_AGENT",
        "agent,        mirror.example:5000/x/spire-agent:1.11.0,      SPIRE_AGENT",
        "spire-server, ghcr.io/spiffe/spire-server@sha256:00,         SPIRE_SERVER",
        "db,           docker.io/library/postgres:15,                 DATASTORE",
        "db,           cockroachdb/cockroach:v24,                     DATASTORE",
        "db,           percona/percona-xtradb-cluster,                DATASTORE",
        "app,          postgres.example/shop/cart:1,                  WORKLOAD",
        "app,          registry.example/spire-agent/cart:1,           WORKLOAD"
    })
    void shouldTellTheRoleFromNameAndImage(String container, String image, PodRole role) {
        Pod pod = new PodBuilder(pod("a", "node-1", Map.of()))
                .editSpec()
                .editFirstContainer()
                .withName(container)
                .withImage(image)
                .endContainer()
                .endSpec()
                .build();

        assertThat(observed(pod).getRole()).isEqualTo(role);
    }

    @Test
    void shouldKeepTheFieldsOfATerminatingPod() {
        Pod pod = new PodBuilder(pod("a", "node-1", Map.of()))
                .editMetadata()
                .withDeletionTimestamp("2025-02-06T00:27:00Z")
                .addNewOwnerReference()
                .withKind("ReplicaSet")
                .withName("a-1")
                .withController(true)
                .endOwnerReference()
                .endMetadata()
                .build();

        PodObserved observed = observed(pod);

        assertThat(observed.getDeletionAt()).isEqualTo(Instant.parse("2025-02-06T00:27:00Z"));
        assertThat(observed.getOwnerName()).isEqualTo("a-1");
        assertThat(observed.getPhase()).isEqualTo("Running");
        assertThat(observed.getDeleted()).isFalse();
    }

    @Test
    void shouldNameTheDeploymentAndNotItsReplicaSet() {
        Pod pod = new PodBuilder(pod("web-6d4cf56db6-x2x4z", "node-1", Map.of("pod-template-hash", "6d4cf56db6")))
                .editMetadata()
                .addNewOwnerReference()
                .withKind("ReplicaSet")
                .withName("web-6d4cf56db6")
                .withController(true)
                .endOwnerReference()
                .endMetadata()
                .build();

        PodObserved observed = observed(pod);

        assertThat(observed.getOwnerKind()).isEqualTo("Deployment");
        assertThat(observed.getOwnerName()).isEqualTo("web");
        assertThat(observed.getTemplate()).isEqualTo("6d4cf56db6");
    }

    @Test
    void shouldKeepTheOwnerOfAStatefulPodAndTellItsRevision() {
        Pod pod = new PodBuilder(pod("db-0", "node-1", Map.of("controller-revision-hash", "db-7f9c")))
                .editMetadata()
                .addNewOwnerReference()
                .withKind("StatefulSet")
                .withName("db")
                .withController(true)
                .endOwnerReference()
                .endMetadata()
                .build();

        PodObserved observed = observed(pod);

        assertThat(observed.getOwnerKind() + "/" + observed.getOwnerName()).isEqualTo("StatefulSet/db");
        assertThat(observed.getTemplate()).isEqualTo("db-7f9c");
    }

    @Test
    void shouldTellWhatTheAttestorCanSayOfThePod() {
        Pod pod = new PodBuilder(pod("a", "node-1", Map.of("app", "web")))
                .editSpec()
                .withServiceAccountName("cart")
                .editFirstContainer()
                .withName("main")
                .endContainer()
                .endSpec()
                .build();

        assertThat(observed(pod).getSelectors())
                .isSorted()
                .contains(
                        "k8s:ns:" + pod.getMetadata().getNamespace(),
                        "k8s:sa:cart",
                        "k8s:node-name:node-1",
                        "k8s:pod-name:a",
                        "k8s:pod-uid:" + pod.getMetadata().getUid(),
                        "k8s:pod-label:app:web",
                        "k8s:container-name:main");
    }

    @Test
    void shouldSayNothingOfImagesUntilEveryContainerHasOne() {
        Pod pod = new PodBuilder(pod("a", "node-1", Map.of()))
                .editStatus()
                .addNewContainerStatus()
                .withName("main")
                .withImage("shop/cart:1")
                .withImageID("sha256:1d42")
                .endContainerStatus()
                .addNewContainerStatus()
                .withName("late")
                .withImage("shop/proxy:1")
                .withImageID("")
                .endContainerStatus()
                .endStatus()
                .build();
        Pod started = new PodBuilder(pod)
                .editStatus()
                .editLastContainerStatus()
                .withImageID("sha256:77")
                .endContainerStatus()
                .endStatus()
                .build();

        assertThat(observed(pod).getSelectors()).noneMatch(selector -> selector.contains("image"));
        assertThat(observed(started).getSelectors())
                .contains("k8s:container-image:shop/cart:1", "k8s:container-image:sha256:77");
    }

    @Test
    void shouldSayWhyAContainerDoesNotRun() {
        Pod pod = new PodBuilder(pod("a", "node-1", Map.of()))
                .editStatus()
                .addNewContainerStatus()
                .withName("up")
                .withReady(true)
                .withRestartCount(2)
                .withNewState()
                .withNewRunning("2025-02-06T00:26:00Z")
                .endState()
                .endContainerStatus()
                .addNewContainerStatus()
                .withName("down")
                .withNewState()
                .withNewWaiting("back-off 5m0s", "CrashLoopBackOff")
                .endState()
                .endContainerStatus()
                .endStatus()
                .build();

        assertThat(observed(pod).getContainers())
                .containsExactly(
                        new ContainerState("up", true, Instant.parse("2025-02-06T00:26:00Z"), 2, true, null, null),
                        new ContainerState("down", false, null, 0, false, "CrashLoopBackOff", null));
    }

    private PodObserved observed(Pod pod) {
        return podOf(mapper.map(seen(pod), RuleSelection.UNKNOWN).orElseThrow());
    }
}
