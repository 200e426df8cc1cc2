package io.svidflow.identity;

import static io.svidflow.scene.Bodies.agentPod;
import static io.svidflow.scene.Bodies.entry;
import static io.svidflow.scene.Bodies.issuing;
import static io.svidflow.scene.Bodies.mountFails;
import static io.svidflow.scene.Bodies.node;
import static io.svidflow.scene.Bodies.pending;
import static io.svidflow.scene.Bodies.pod;
import static io.svidflow.scene.Scene.NODE;
import static io.svidflow.scene.Scene.at;
import static org.assertj.core.api.Assertions.assertThat;

import io.svidflow.event.ConditionStatus;
import io.svidflow.event.IdentityState;
import io.svidflow.event.Link;
import io.svidflow.event.NodeTransition;
import io.svidflow.event.PodObserved;
import io.svidflow.event.PodRole;
import io.svidflow.event.PodTransition;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Pods that do not start because the volume with the Workload API's socket cannot be mounted. */
class MountTest {

    private final WatchedNode node = WatchedNode.healthy();

    @Test
    void shouldFindThePodWhoseSocketIsNeverMountedAlthoughItsEntryIsSigned() {
        node.sees(0, pending("p", 0)).sees(2, entry("p", 2)).sees(5, issuing("p"));
        fails("p", 1, 100);

        assertThat(node.stuckAt("p")).isBetween(at(60), at(75));
        assertThat(node.missing("p")).isEqualTo(Link.SOCKET);
        assertThat(last("p").getMountError()).contains("csi.spiffe.io");
        assertThat(last("p").getMountFailingSince()).isEqualTo(at(1));

        node.sees(110, pod("p", 108)).sees(113, issuing("p"));
        assertThat(node.state("p")).isEqualTo(IdentityState.RECOVERED);
    }

    @Test
    void shouldExpectAnIdentityOfAPodWithSuchAVolumeEvenIfNoRuleSelectsIt() {
        PodObserved unselected =
                PodObserved.newBuilder(pending("p", 0)).setSelectedBy(List.of()).build();
        node.covered(new Coverage(at(-3600), false, true, false)).sees(0, unselected);
        fails("p", 1, 100);

        assertThat(node.state("p")).isEqualTo(IdentityState.STUCK);
        assertThat(last("p").getExpectedBy()).isEqualTo("volume");
    }

    @Test
    void shouldGiveTheDriverAMinuteAfterABoot() {
        node.sees(-20, node(NODE, ConditionStatus.FALSE, "boot-1"));
        node.sees(0, pending("p", 0)).sees(1, entry("p", 1)).sees(2, mountFails("p", 2, true));
        node.sees(40, node(NODE, ConditionStatus.TRUE, "boot-2"));
        fails("p", 45, 90);

        assertThat(node.state("p")).isNotEqualTo(IdentityState.STUCK);
        fails("p", 95, 120);
        assertThat(node.stuckAt("p")).isAfterOrEqualTo(at(100));
    }

    @Test
    void shouldLeaveOtherVolumesAlone() {
        node.sees(0, pending("p", 0)).sees(2, entry("p", 2)).sees(5, issuing("p"));
        for (int second = 5; second < 300; second += 10) {
            node.sees(second, mountFails("p", 5, false));
        }

        assertThat(node.states("p")).doesNotContain(IdentityState.STUCK);
    }

    @Test
    void shouldForgetAMountThatSucceeded() {
        node.sees(0, pending("p", 0)).sees(2, entry("p", 2));
        fails("p", 1, 30);
        node.sees(32, pod("p", 31)).sees(34, issuing("p")).waits(400);

        assertThat(node.states("p")).containsExactly(IdentityState.WAITING, IdentityState.HEALTHY);
    }

    @Test
    void shouldTellOfTheCsiDriverOnTheNode() {
        node.sees(
                0,
                PodObserved.newBuilder(agentPod("csi", 0, false))
                        .setRole(PodRole.SPIFFE_CSI_DRIVER)
                        .setNamespace("app")
                        .build());

        NodeTransition told = node.nodes().get(node.nodes().size() - 1);
        assertThat(told.getCsiPod()).isEqualTo("app/csi");
        assertThat(told.getCsiServing()).isFalse();
        assertThat(node.told("csi")).isEmpty();
    }

    private void fails(String uid, int from, int until) {
        for (int second = from; second <= until; second += 12) {
            node.sees(second, mountFails(uid, from, true));
        }
        node.waits(until);
    }

    private PodTransition last(String podUid) {
        List<PodTransition> told = node.told(podUid);
        return told.get(told.size() - 1);
    }
}
