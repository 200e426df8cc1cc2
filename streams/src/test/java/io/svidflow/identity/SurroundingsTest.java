package io.svidflow.identity;

import static io.svidflow.scene.Bodies.agent;
import static io.svidflow.scene.Bodies.agentListed;
import static io.svidflow.scene.Bodies.agentPod;
import static io.svidflow.scene.Bodies.agentUnlisted;
import static io.svidflow.scene.Bodies.entry;
import static io.svidflow.scene.Bodies.issuing;
import static io.svidflow.scene.Bodies.node;
import static io.svidflow.scene.Bodies.pod;
import static io.svidflow.scene.Bodies.refused;
import static io.svidflow.scene.Bodies.svid;
import static io.svidflow.scene.Scene.NODE;
import static io.svidflow.scene.Scene.at;
import static org.assertj.core.api.Assertions.assertThat;

import io.svidflow.event.AgentSignalKind;
import io.svidflow.event.ConditionStatus;
import io.svidflow.event.IdentityState;
import io.svidflow.event.Link;
import io.svidflow.event.PodObserved;
import io.svidflow.event.SvidSignalKind;
import org.junit.jupiter.api.Test;

/** A pod is judged by what is known of its node, its agent and the sources at that moment. */
class SurroundingsTest {

    private final WatchedNode node = WatchedNode.healthy();

    @Test
    void shouldTakeAnAgentForReadyWhoseContainersAreWhateverItsPodIsCalled() {
        // the node controller marked its pods when the node was away, and nobody took the mark off
        WatchedNode marked = WatchedNode.healthy();
        PodObserved ready = agentPod("agent", -3000, true);
        marked.sees(-10, PodObserved.newBuilder(ready).setReady(false).build()).sees(-9, pod("p", -9));

        marked.sees(-8, agent(AgentSignalKind.STARTED)); // whatever else is told, it is told with the agent's readiness
        assertThat(marked.nodes())
                .allSatisfy(node -> assertThat(node.getAgentReady()).isNotEqualTo(Boolean.FALSE));
        marked.waits(60);
        assertThat(marked.missing("p")).isNotEqualTo(Link.AGENT_READY);
    }

    @Test
    void shouldNotJudgePodsOfANodeThatIsNotReady() {
        node.sees(0, pod("p", 0))
                .sees(30, node(NODE, ConditionStatus.UNKNOWN, "boot-1"))
                .waits(600);
        assertThat(node.stuckAt("p")).isNull();

        node.sees(601, node(NODE, ConditionStatus.TRUE, "boot-2")).waits(700);
        assertThat(node.stuckAt("p")).isBetween(at(601), at(640));
    }

    @Test
    void shouldNotJudgeWhileASourceIsBlind() {
        node.sees(0, pod("p", 0))
                .covered(new Coverage(at(-3600), true, true, true))
                .waits(600);
        assertThat(node.stuckAt("p")).isNull();
        assertThat(node.state("p")).isEqualTo(IdentityState.UNKNOWN);

        node.covered(new Coverage(at(-3600), true, true, false)).waits(640);
        assertThat(node.state("p")).isEqualTo(IdentityState.STUCK);
    }

    @Test
    void shouldTakeAnAgentForUpThatIsHeardOfAlthoughItsPodIsNotReady() {
        node.sees(-1, agentPod("agent", -3000, false)).sees(0, pod("p", 0));
        for (int second = 5; second < 70; second += 15) {
            node.sees(second, svid(SvidSignalKind.WAITING_FOR_SVID).build());
        }

        node.waits(60);
        assertThat(node.missing("p")).isEqualTo(Link.ENTRY_PRESENT);
    }

    @Test
    void shouldMissTheAgentThatNobodyHearsOf() {
        node.sees(-1, agentPod("agent", -3000, false)).sees(0, pod("p", 0)).waits(70);

        assertThat(node.missing("p")).isEqualTo(Link.AGENT_READY);
    }

    @Test
    void shouldGiveAnEvictedAgentTwoMinutesToAttestAgain() {
        node.sees(0, pod("p", 0))
                .sees(1, entry("p", 1))
                .sees(2, agentUnlisted())
                .waits(121);
        assertThat(node.stuckAt("p")).isNull();

        node.waits(135);
        assertThat(node.missing("p")).isEqualTo(Link.AGENT_ATTESTED);
    }

    @Test
    void shouldForgetAnEvictionOnceTheAgentAttestedAgain() {
        node.sees(0, pod("p", 0))
                .sees(1, entry("p", 1))
                .sees(2, agentUnlisted())
                .sees(3, agent(AgentSignalKind.REATTESTED))
                .sees(10, issuing("p"))
                .waits(600);

        assertThat(node.states("p")).containsExactly(IdentityState.WAITING, IdentityState.HEALTHY);
    }

    @Test
    void shouldNotTakeAnAgentThatIsListedAgainForBanned() {
        node.sees(-20, agentListed(true))
                .sees(-10, agentListed(false))
                .sees(0, pod("p", 0))
                .waits(70);

        assertThat(node.missing("p")).isEqualTo(Link.ENTRY_PRESENT);
    }

    @Test
    void shouldStartTheGracesAnewWhenTheContainerIsRestarted() {
        node.sees(0, pod("p", 0)).sees(2, refused("p")).sees(40, pod("p", 40)).waits(99);
        assertThat(node.stuckAt("p")).isNull();

        node.waits(100);
        assertThat(node.stuckAt("p")).isEqualTo(at(100));
        assertThat(node.told("p").get(1).getRefusals())
                .as("of the new container")
                .isZero();
    }
}
