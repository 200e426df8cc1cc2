package io.svidflow.topology;

import static io.svidflow.scene.Bodies.entry;
import static io.svidflow.scene.Bodies.entryGone;
import static io.svidflow.scene.Bodies.issuing;
import static io.svidflow.scene.Scene.CLUSTER;
import static io.svidflow.scene.Scene.NODE;
import static io.svidflow.scene.Scene.fact;
import static io.svidflow.scene.Scene.nodesListed;
import static io.svidflow.scene.Scene.podsListed;
import static org.assertj.core.api.Assertions.assertThat;

import io.svidflow.event.IdentityState;
import io.svidflow.event.PodIdentityEvent;
import io.svidflow.event.PodObserved;
import io.svidflow.event.PodRole;
import io.svidflow.event.PodTransition;
import io.svidflow.scene.Bodies;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is gone leaves nothing behind: state grows with what runs, not with what ever ran. */
class ChurnTest {

    private static final int PODS = 10_000;
    private static final int A_SECOND = 50;

    @TempDir
    private Path stateDir;

    @Test
    void shouldNotGrowWithPodsThatComeAndGo() {
        try (Stages stages = new Stages(stateDir)) {
            stages.publish(0, fact(0, Bodies.node(NODE)));
            stages.publish(0, fact(0, Bodies.agentPod("agent", -100, true)));
            stages.publish(0, fact(0, Bodies.agentListed(false)));
            comeAndGo(stages, 1, "first", true);
            stages.heartbeats(1);
            stages.heartbeats(2);
            Map<String, Long> before = lasting(stages);

            int second = 3;
            for (int n = 0; n < PODS; n += A_SECOND) {
                for (int i = n; i < n + A_SECOND; i++) {
                    comeAndGo(stages, second, "pod-" + i, i % 10 != 0);
                }
                stages.heartbeats(++second);
            }
            for (int rest = 0; rest < 140; rest++) {
                second += 5;
                stages.heartbeats(second); // pods without entry are found, closed, and their incidents forgotten
            }

            assertThat(stages.transitions()).hasSizeGreaterThan(PODS);
            assertThat(lasting(stages)).isEqualTo(before);
            assertThat(stages.sizes().get(IdentityTopology.APPLIED_STORE))
                    .as("facts that are remembered for ten minutes")
                    .isZero();
        }
    }

    private static Map<String, Long> lasting(Stages stages) {
        Map<String, Long> sizes = new TreeMap<>(stages.sizes());
        sizes.remove(IdentityTopology.APPLIED_STORE);
        return sizes;
    }

    @Test
    void shouldForgetPodsAndNodesThatVanishedWhileNobodyLooked() {
        try (Stages stages = new Stages(stateDir)) {
            Map<String, Long> empty = stages.sizes();
            stages.publish(1, fact(1, Bodies.node(NODE)));
            stages.publish(1, fact(1, Bodies.pod("p", PodRole.WORKLOAD, 1).build()));
            stages.heartbeats(2);
            assertThat(stages.sizes()).isNotEqualTo(empty);

            stages.publish(CLUSTER, 100, podsListed(100, 90));
            stages.publish(CLUSTER, 100, nodesListed(100, 90));
            stages.heartbeats(101);

            assertThat(stages.transitions())
                    .extracting(PodIdentityEvent::getBody)
                    .filteredOn(PodTransition.class::isInstance)
                    .last()
                    .extracting(body -> ((PodTransition) body).getState())
                    .isEqualTo(IdentityState.GONE);
            assertThat(stages.sizes().get(IdentityTopology.NODE_STORE)).isZero();
            assertThat(stages.sizes().get(IdentityTopology.POD_STORE)).isZero();
        }
    }

    /** Each of an owner of its own, as after a rollout; every tenth without an entry. */
    private static void comeAndGo(Stages stages, int second, String uid, boolean registered) {
        PodObserved.Builder pod = Bodies.pod(uid, PodRole.WORKLOAD, second).setOwnerName("owner-of-" + uid);
        stages.publish(second, fact(second, pod.build()));
        if (registered) {
            stages.publish(second, fact(second + 0.1, entry(uid, second)));
            stages.publish(second, fact(second + 0.2, issuing(uid)));
        }
        double end = registered ? second + 0.5 : second + 90;
        stages.publish(second, fact(end, pod.setDeleted(true).build()));
        if (registered) {
            stages.publish(second, fact(end + 0.1, entryGone(uid)));
        }
    }
}
