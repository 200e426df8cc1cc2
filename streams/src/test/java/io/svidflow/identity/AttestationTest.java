package io.svidflow.identity;

import static io.svidflow.scene.Bodies.KUBELET_REFUSES;
import static io.svidflow.scene.Bodies.attestationFailed;
import static io.svidflow.scene.Bodies.attested;
import static io.svidflow.scene.Bodies.containerNotFound;
import static io.svidflow.scene.Bodies.entry;
import static io.svidflow.scene.Bodies.issuing;
import static io.svidflow.scene.Bodies.pending;
import static io.svidflow.scene.Bodies.pod;
import static io.svidflow.scene.Bodies.svid;
import static io.svidflow.scene.Bodies.timedOut;
import static io.svidflow.scene.Scene.at;
import static org.assertj.core.api.Assertions.assertThat;

import io.svidflow.event.ContainerState;
import io.svidflow.event.IdentityState;
import io.svidflow.event.Link;
import io.svidflow.event.NodeTransition;
import io.svidflow.event.PodObserved;
import io.svidflow.event.PodRole;
import io.svidflow.event.PodTransition;
import io.svidflow.event.SvidSignalKind;
import java.util.List;
import org.junit.jupiter.api.Test;

/** A pod that the agent cannot attest: when its failures mean something, whose they are, and how far they reach. */
class AttestationTest {

    private final WatchedNode node = WatchedNode.healthy();

    @Test
    void shouldFindThePodWhoseContainerIsNotFoundAlthoughItsEntryIsSigned() {
        // info level: a line each time the attestor has given up after 30 s
        registered("p", 0)
                .sees(32, containerNotFound("p"))
                .sees(65, containerNotFound("p"))
                .waits(80);

        assertThat(node.stuckAt("p")).isBetween(at(65), at(80));
        assertThat(node.missing("p")).isEqualTo(Link.WORKLOAD_ATTESTED);
        assertThat(last("p").getAttestError()).contains("Container id not found");
    }

    @Test
    void shouldForgiveAContainerThatTheKubeletShowsALittleLate() {
        registered("p", 0).sees(1, retrying("p")).sees(20, retrying("p")).sees(21, attested("p"));
        node.waits(300);

        assertThat(node.states("p")).doesNotContain(IdentityState.STUCK);
    }

    @Test
    void shouldNotHoldAgainstAContainerWhatTheOneBeforeItWasRefused() {
        registered("p", 0);
        node.sees(100, restarted("p", 100)).sees(101, issuing("p"));
        node.sees(103, retrying("p")).sees(125, containerNotFound("p")).waits(400);

        assertThat(node.states("p")).doesNotContain(IdentityState.STUCK);
    }

    @Test
    void shouldBelieveARestartedContainerThatIsNotFoundAgainAndAgain() {
        registered("p", 0);
        node.sees(100, restarted("p", 100));
        for (int second = 131; second < 300; second += 33) {
            node.sees(second, containerNotFound("p"));
        }

        assertThat(node.state("p")).isEqualTo(IdentityState.STUCK);
        assertThat(last("p").getRestarts()).isEqualTo(1);
    }

    @Test
    void shouldNotLetTheSuccessOfOthersSpeakForAContainerThatIsNotFound() {
        registered("p", 0);
        for (int second = 32; second < 140; second += 33) {
            node.sees(second, containerNotFound("p")).sees(second + 1, attested("neighbour"));
        }

        assertThat(node.state("p")).isEqualTo(IdentityState.STUCK);
        assertThat(lastNode().getLookupFailures()).isEqualTo(1);
        assertThat(lastNode().getLookupWorksForOthers()).isTrue();
    }

    @Test
    void shouldCountThePodsWhoseContainersAreNotFoundAndTellOfEachStepOnce() {
        int before = node.nodes().size();
        for (int round = 0; round < 4; round++) {
            for (String uid : List.of("a", "b", "c", "d", "e")) {
                node.sees(32 + round * 33, containerNotFound(uid));
            }
        }

        assertThat(lastNode().getLookupFailures()).isEqualTo(3);
        assertThat(lastNode().getLookupFailingSince()).isEqualTo(at(32));
        assertThat(node.nodes().size() - before).as("transitions").isEqualTo(3);
    }

    @Test
    void shouldJudgeAPodThatAsksBeforeItsContainerCountsAsStarted() {
        node.sees(0, pending("p", 0)).sees(2, entry("p", 2)).sees(5, issuing("p"));
        node.sees(32, containerNotFound("p")).sees(65, containerNotFound("p")).sees(98, containerNotFound("p"));

        assertThat(node.stuckAt("p")).isNotNull();
        assertThat(last("p").getClocks().getPod()).isNull();
    }

    @Test
    void shouldTakeAProcessThatTimesOutFromTheStartOfAPodForIts() {
        registered("old", -200);
        registered("new", 0);
        for (int second = 6; second < 100; second += 8) {
            node.sees(second, timedOut(77, null));
        }

        assertThat(node.state("new")).isEqualTo(IdentityState.STUCK);
        assertThat(node.state("old")).isEqualTo(IdentityState.HEALTHY);
        assertThat(last("new").getAttestError()).contains("timed out");
    }

    @Test
    void shouldForgiveOneCallerThatGaveUp() {
        registered("p", 0)
                .sees(6, timedOut(77, null))
                .sees(14, timedOut(77, null))
                .waits(300);

        assertThat(node.states("p")).doesNotContain(IdentityState.STUCK);
    }

    @Test
    void shouldNotBlameTheProcessOfAnotherPodWhereTheLogNamesWhoWasAttested() {
        registered("p", 0).sees(2, attested("p"));
        for (int second = 6; second < 100; second += 8) {
            node.sees(second, timedOut(77, null));
        }

        assertThat(node.states("p")).doesNotContain(IdentityState.STUCK);
    }

    @Test
    void shouldSayWhatTheCallerWaitedForRatherThanThatItGaveUp() {
        registered("p", 0);
        for (int second = 6; second < 100; second += 8) {
            node.sees(second, attestationFailed("p")).sees(second + 0.5, timedOut(77, "p"));
        }

        assertThat(node.state("p")).isEqualTo(IdentityState.STUCK);
        assertThat(last("p").getAttestError()).isEqualTo(KUBELET_REFUSES);
    }

    private WatchedNode registered(String uid, double started) {
        return node.sees(started, pod(uid, started))
                .sees(started + 2, entry(uid, started + 2))
                .sees(started + 5, issuing(uid));
    }

    private static PodObserved restarted(String uid, double started) {
        PodObserved.Builder pod = pod(uid, PodRole.WORKLOAD, started);
        ContainerState again = ContainerState.newBuilder(pod.getContainers().get(0))
                .setRestartCount(1)
                .build();
        return pod.setContainers(List.of(again)).build();
    }

    private static io.svidflow.event.SvidSignal retrying(String podUid) {
        return svid(SvidSignalKind.ATTESTOR_RETRYING)
                .setPodUid(podUid)
                .setError("Container id not found; will retry after backoff")
                .build();
    }

    private PodTransition last(String podUid) {
        List<PodTransition> told = node.told(podUid);
        return told.get(told.size() - 1);
    }

    private NodeTransition lastNode() {
        return node.nodes().get(node.nodes().size() - 1);
    }
}
