package io.svidflow.resync.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fabric8.kubernetes.api.model.Node;
import io.fabric8.kubernetes.api.model.NodeBuilder;
import io.fabric8.kubernetes.api.model.PodBuilder;
import io.svidflow.event.PodRole;
import io.svidflow.event.RemediationCommand;
import io.svidflow.event.RemediationTarget;
import io.svidflow.resync.actor.SampleCommands;
import io.svidflow.resync.kubernetes.SmallKubernetes.Fault;
import io.svidflow.resync.scene.Effect;
import io.svidflow.resync.scene.Effect.Certainty;
import io.svidflow.resync.scene.Place;
import io.svidflow.resync.scene.SeenBudget;
import io.svidflow.resync.scene.SeenPod;
import io.svidflow.resync.scene.UnseenException;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class KubernetesClusterTest {

    private static final RemediationTarget CART = new RemediationTarget("Pod", "shop", "cart", "uid-1");
    private static final RemediationCommand COMMAND =
            SampleCommands.restartCart(Instant.parse("2025-02-06T00:26:00Z")).build();

    private final SmallKubernetes kubernetes = SampleCluster.fill(new SmallKubernetes());
    private final KubernetesCluster cluster = new KubernetesCluster(kubernetes.access(), Duration.ofSeconds(1));

    @AfterEach
    void stop() {
        cluster.close();
        kubernetes.close();
    }

    @Test
    void shouldSeeWhatACommandIsAbout() throws UnseenException {
        kubernetes.with(SampleCluster.budget("shop", "cart", 0)).with(SampleCluster.budget("shop", "other", 0));

        Place place = cluster.look(COMMAND);

        assertThat(place.node().orElseThrow().bootId()).isEqualTo("boot-1");
        assertThat(place.target().orElseThrow().owner()).isEqualTo("ReplicaSet/cart-5f7");
        assertThat(place.target().orElseThrow().role()).isEqualTo(PodRole.WORKLOAD);
        assertThat(place.agent().orElseThrow().uid()).isEqualTo("agent-on-node-1");
        assertThat(place.agents()).hasSize(3).allMatch(SeenPod::ready);
        assertThat(place.rollout().orElseThrow().underWay()).isFalse();
        assertThat(place.budgets()).containsExactly(new SeenBudget("of-cart", 0));
        assertThat(place.nodes()).isEqualTo(3);
        assertThat(place.nodesReady()).isEqualTo(3);
    }

    @Test
    void shouldSeeMarksCordonsAndTheControlPlane() throws UnseenException {
        Node marked = new NodeBuilder(SampleCluster.node("node-1"))
                .editMetadata()
                .withLabels(Map.of("node-role.kubernetes.io/control-plane", ""))
                .withAnnotations(Map.of("svidflow.io/remediation", "off"))
                .endMetadata()
                .withNewSpec()
                .withUnschedulable(true)
                .endSpec()
                .build();
        kubernetes.with(marked).with(SampleCluster.agents(2));

        Place place = cluster.look(COMMAND);

        assertThat(place.node().orElseThrow()).satisfies(node -> {
            assertThat(node.controlPlane()).isTrue();
            assertThat(node.leftAlone()).isTrue();
            assertThat(node.cordoned()).isTrue();
        });
        assertThat(place.rollout().orElseThrow().underWay()).isTrue();
    }

    @Test
    void shouldSayWhatItCannotSee() {
        kubernetes.blind();

        assertThatThrownBy(() -> cluster.look(COMMAND))
                .isInstanceOf(UnseenException.class)
                .hasMessageContaining("apiserver not ready");
    }

    @Test
    void shouldNotShowTheSpecificationOfAPodAsItsState() throws UnseenException {
        kubernetes.with(new PodBuilder(SampleCluster.cart())
                .editSpec()
                .editFirstContainer()
                .addNewEnv()
                .withName("PASSWORD")
                .withValue("hunter2")
                .endEnv()
                .endContainer()
                .endSpec()
                .build());

        assertThat(cluster.pod("shop", "cart").orElseThrow().state())
                .contains("Running")
                .doesNotContain("hunter2");
    }

    @Test
    void shouldDeleteAndEvictAndAnnotateThePodWithTheUid() throws UnseenException {
        assertThat(cluster.annotate(CART, "2025-02-06T00:26:00Z").certainty()).isEqualTo(Certainty.DONE);
        assertThat(cluster.evict(CART).certainty()).isEqualTo(Certainty.DONE);
        assertThat(cluster.delete(CART).certainty()).isEqualTo(Certainty.DONE);

        assertThat(kubernetes.done()).containsExactly("PATCH uid-1", "POST uid-1", "DELETE uid-1");
        assertThat(cluster.pod("shop", "cart").orElseThrow().terminating()).isTrue();
    }

    @Test
    void shouldLeaveAloneAPodThatHasTakenTheName() {
        RemediationTarget before = new RemediationTarget("Pod", "shop", "cart", "uid-0");

        assertThat(cluster.delete(before).gone()).isTrue();
        assertThat(cluster.evict(before).gone()).isTrue();
        assertThat(cluster.annotate(before, "now").certainty()).isEqualTo(Certainty.NOT_DONE);
        assertThat(kubernetes.done()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "FORBIDDEN, NOT_DONE, 0",
        "TOO_MANY_REQUESTS, NOT_DONE, 0",
        "INTERNAL_ERROR, UNKNOWN, 0",
        "DROPPED, UNKNOWN, 0",
        "DONE_AND_DROPPED, UNKNOWN, 1",
        "DONE_AND_SILENT, UNKNOWN, 1",
    })
    void shouldSendARequestOnceAndSayWhetherAnythingIsKnown(Fault fault, Certainty certainty, int effects) {
        kubernetes.fails(fault);

        Effect effect = cluster.evict(CART);

        assertThat(effect.certainty()).as(effect.detail()).isEqualTo(certainty);
        assertThat(kubernetes.done()).hasSize(effects);
        assertThat(kubernetes.asked()).as("sent once, whatever became of it").hasSize(1);
    }

    @Test
    void shouldKnowThatNothingWasDoneWhereNobodyListens() {
        kubernetes.close();

        assertThat(cluster.delete(CART).certainty()).isEqualTo(Certainty.NOT_DONE);
    }
}
