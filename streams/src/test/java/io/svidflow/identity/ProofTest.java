package io.svidflow.identity;

import static io.svidflow.scene.Bodies.KUBELET_REFUSES;
import static io.svidflow.scene.Bodies.agent;
import static io.svidflow.scene.Bodies.attestationFailed;
import static io.svidflow.scene.Bodies.entry;
import static io.svidflow.scene.Bodies.fetched;
import static io.svidflow.scene.Bodies.issued;
import static io.svidflow.scene.Bodies.issuing;
import static io.svidflow.scene.Bodies.pod;
import static io.svidflow.scene.Bodies.refused;
import static io.svidflow.scene.Bodies.svid;
import static io.svidflow.scene.Scene.at;
import static org.assertj.core.api.Assertions.assertThat;

import io.svidflow.event.AgentSignalKind;
import io.svidflow.event.IdentityState;
import io.svidflow.event.Link;
import io.svidflow.event.PodTransition;
import io.svidflow.event.ProofGrade;
import io.svidflow.event.SvidSignalKind;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What proves an identity, how well, and what takes the proof away again. */
class ProofTest {

    private static final double AN_HOUR = 3600;

    private final WatchedNode node = WatchedNode.healthy();

    @Test
    void shouldTakeTheSignatureForTheEntryAsIssued() {
        node.sees(0, pod("p", 0)).sees(5, entry("p", 5)).sees(8, issuing("p"));

        assertThat(node.states("p")).containsExactly(IdentityState.WAITING, IdentityState.HEALTHY);
        assertThat(last("p").getProof()).isEqualTo(ProofGrade.ISSUED);
    }

    @Test
    void shouldTakeThePodsOwnFetchAsFetched() {
        node.sees(0, pod("p", 0)).sees(5, entry("p", 5)).sees(8, fetched("p", AN_HOUR));

        assertThat(node.state("p")).isEqualTo(IdentityState.HEALTHY);
        assertThat(last("p").getProof()).isEqualTo(ProofGrade.FETCHED);
    }

    @Test
    void shouldConcludeTheSameWhicheverOfEntryAndSignatureIsSeenFirst() {
        node.sees(0, pod("p", 0)).sees(8, issuing("p"));
        assertThat(node.state("p")).isEqualTo(IdentityState.WAITING);

        node.sees(12, entry("p", 5));
        assertThat(node.state("p")).isEqualTo(IdentityState.HEALTHY);
    }

    @Test
    void shouldKnowAnEntryThatIsSeenBeforeItsPod() {
        node.sees(0, entry("p", 0)).sees(1, issuing("p")).sees(2, pod("p", -1));

        assertThat(node.states("p")).containsExactly(IdentityState.HEALTHY);
    }

    @Test
    void shouldNotBelieveASignatureThatFailed() {
        node.sees(0, pod("p", 0))
                .sees(5, entry("p", 5))
                .sees(7.9, svid(SvidSignalKind.SIGN_FAILED).build())
                .sees(8, issuing("p"));
        assertThat(node.state("p")).as("an earlier failure").isEqualTo(IdentityState.HEALTHY);

        node.sees(8.5, svid(SvidSignalKind.SIGN_FAILED).build())
                .sees(30, refused("p"))
                .sees(55, refused("p"))
                .sees(80, refused("p"))
                .waits(90);
        assertThat(node.state("p")).isEqualTo(IdentityState.STUCK);
    }

    @Test
    void shouldNotBelieveASignatureWhileThePodIsRefused() {
        node.sees(0, pod("p", 0)).sees(5, entry("p", 5)).sees(8, issuing("p"));
        for (int second = 20; second < 100; second += 10) {
            node.sees(second, refused("p"));
        }

        assertThat(node.state("p")).isEqualTo(IdentityState.STUCK);
    }

    @Test
    void shouldForgiveTheRefusalsBeforeTheSignature() {
        node.sees(0, pod("p", 0)).sees(2, refused("p")).sees(4, refused("p")).sees(5, entry("p", 5));
        node.sees(8, issuing("p")).waits(200);

        assertThat(node.states("p")).containsExactly(IdentityState.WAITING, IdentityState.HEALTHY);
    }

    @Test
    void shouldNotBelieveASignatureWhileThePodCannotBeAttested() {
        node.sees(0, pod("p", 0)).sees(1, attestationFailed("p")).sees(5, entry("p", 5));
        for (int second = 6; second < 80; second += 10) {
            node.sees(second, issuing("p")).sees(second + 1, attestationFailed("p"));
        }

        assertThat(node.state("p")).isEqualTo(IdentityState.STUCK);
        assertThat(node.missing("p")).isEqualTo(Link.WORKLOAD_ATTESTED);
        assertThat(last("p").getAttestError()).contains("10250");
    }

    @Test
    void shouldNotTakeAServedPodAwayForAFailureOfItsNeighbours() {
        node.sees(0, pod("old", 0)).sees(5, entry("old", 5)).sees(8, issuing("old"));
        for (int second = 60; second < 200; second += 10) {
            node.sees(
                    second,
                    svid(SvidSignalKind.ATTESTATION_FAILED)
                            .setError(KUBELET_REFUSES)
                            .build());
        }

        assertThat(node.state("old")).isEqualTo(IdentityState.HEALTHY);
    }

    @Test
    void shouldForgetSignaturesWhenTheAgentStartsAnew() {
        node.sees(0, pod("p", 0)).sees(5, entry("p", 5)).sees(8, issuing("p"));
        node.sees(100, agent(AgentSignalKind.STARTED));
        for (int second = 110; second < 200; second += 10) {
            node.sees(second, refused("p"));
        }

        assertThat(node.state("p")).isEqualTo(IdentityState.STUCK);
    }

    @Test
    void shouldRecoverAndStayRecovered() {
        node.sees(0, pod("p", 0))
                .sees(90, entry("p", 90))
                .sees(95, issuing("p"))
                .waits(400);

        assertThat(node.states("p"))
                .as("told again when the entry has come")
                .containsExactly(
                        IdentityState.WAITING, IdentityState.STUCK, IdentityState.STUCK, IdentityState.RECOVERED);
        assertThat(last("p").getClocks().getEntry()).isEqualTo(at(90));
    }

    @Test
    void shouldReportARenewalThatHasNotComeAtFiveSixthsOfTheLifetime() {
        node.sees(0, pod("p", 0)).sees(0, entry("p", 0)).sees(0, issued("p", 600));

        node.waits(499);
        assertThat(node.state("p")).isEqualTo(IdentityState.HEALTHY);
        node.waits(500);
        assertThat(node.state("p")).isEqualTo(IdentityState.RENEWAL_FAILING);
        assertThat(node.missing("p")).isEqualTo(Link.RENEWED);

        node.sees(520, issued("p", 1120));
        assertThat(node.state("p")).isEqualTo(IdentityState.RECOVERED);
    }

    @Test
    void shouldExpectNothingOfARenewalThatCameInTime() {
        node.sees(0, pod("p", 0))
                .sees(0, entry("p", 0))
                .sees(0, issued("p", 600))
                .sees(300, issued("p", 900));

        node.waits(799);
        assertThat(node.states("p")).containsExactly(IdentityState.WAITING, IdentityState.HEALTHY);
    }

    private PodTransition last(String podUid) {
        List<PodTransition> told = node.told(podUid);
        return told.get(told.size() - 1);
    }
}
