package io.svidflow.identity;

import static io.svidflow.scene.Bodies.agentUnlisted;
import static io.svidflow.scene.Bodies.entry;
import static io.svidflow.scene.Bodies.entryGone;
import static io.svidflow.scene.Bodies.gone;
import static io.svidflow.scene.Bodies.issuing;
import static io.svidflow.scene.Bodies.pod;
import static io.svidflow.scene.Scene.NODE;
import static io.svidflow.scene.Scene.nodesListed;
import static io.svidflow.scene.Scene.podsListed;
import static org.assertj.core.api.Assertions.assertThat;

import io.svidflow.event.IdentityState;
import io.svidflow.event.NodeObserved;
import io.svidflow.event.NodeTransition;
import io.svidflow.event.PodObserved;
import io.svidflow.event.PodRole;
import io.svidflow.scene.Bodies;
import org.junit.jupiter.api.Test;

/** What is gone is forgotten, in whatever order its parts go. */
class ForgettingTest {

    private final WatchedNode node = WatchedNode.healthy();

    @Test
    void shouldForgetPodsThatComeAndGo() {
        int before = node.records().size();
        for (int n = 0; n < 100; n++) {
            String uid = "p" + n;
            node.sees(n, pod(uid, n)).sees(n + 0.1, entry(uid, n)).sees(n + 0.2, issuing(uid));
            if (n % 2 == 0) {
                node.sees(n + 0.5, gone(uid)).sees(n + 0.6, entryGone(uid));
            } else {
                node.sees(n + 0.5, entryGone(uid)).sees(n + 0.6, gone(uid));
            }
            assertThat(node.state(uid)).isEqualTo(IdentityState.GONE);
        }

        assertThat(node.records().size()).isEqualTo(before);
    }

    @Test
    void shouldForgetANodeAlthoughItsAgentGoesAfterIt() {
        NodeObserved deleted =
                NodeObserved.newBuilder(Bodies.node(NODE)).setDeleted(true).build();
        PodObserved agentGone =
                Bodies.pod("agent", PodRole.SPIRE_AGENT, -3000).setDeleted(true).build();

        node.sees(1, deleted).sees(2, agentGone).sees(3, agentUnlisted());

        assertThat(node.records().size()).isZero();
    }

    @Test
    void shouldForgetWhatACompleteListingDidNotMention() {
        node.sees(1, pod("stays", 1)).sees(2, pod("vanishes", 2)).sees(3, entry("vanishes", 3));
        node.sees(100, pod("stays", 1)).hears(101, podsListed(101, 99));

        assertThat(node.state("vanishes")).isEqualTo(IdentityState.GONE);
        assertThat(node.state("stays")).isNotEqualTo(IdentityState.GONE);
        assertThat(node.nodes()).isNotEmpty().noneMatch(NodeTransition::getGone);

        node.hears(102, nodesListed(102, 99));
        assertThat(node.nodes()).last().matches(NodeTransition::getGone);
    }

    @Test
    void shouldSayNothingOfThePodThatNobodyWasToldOf() {
        node.sees(0, Bodies.unselected("p", 0)).sees(5, gone("p"));

        assertThat(node.told("p")).isEmpty();
    }
}
