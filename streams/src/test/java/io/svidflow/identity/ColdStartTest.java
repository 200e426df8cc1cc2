package io.svidflow.identity;

import static io.svidflow.scene.Bodies.pod;
import static io.svidflow.scene.Bodies.refused;
import static io.svidflow.scene.Bodies.unselected;
import static io.svidflow.scene.Scene.NODE;
import static io.svidflow.scene.Scene.at;
import static org.assertj.core.api.Assertions.assertThat;

import io.svidflow.event.IdentityState;
import io.svidflow.scene.Bodies;
import org.junit.jupiter.api.Test;

/** Who starts to watch a running cluster must not report all of it. */
class ColdStartTest {

    private static final Coverage SINCE_ZERO = new Coverage(at(0), true, true, false);

    private final WatchedNode node = new WatchedNode()
            .covered(SINCE_ZERO)
            .sees(0, Bodies.node(NODE))
            .sees(0, Bodies.agentPod("agent", -900, true))
            .sees(0, Bodies.agentListed(false));

    @Test
    void shouldBeSilentAboutAPodThatRanBefore() {
        node.sees(0, pod("old", -600)).waits(3600);

        assertThat(node.states("old")).doesNotContain(IdentityState.STUCK);
    }

    @Test
    void shouldSpeakWhenSuchAPodIsRefused() {
        node.sees(0, pod("old", -600));
        for (int second = 100; second < 200; second += 10) {
            node.sees(second, refused("old"));
        }

        assertThat(node.stuckAt("old")).isEqualTo(at(160));
    }

    @Test
    void shouldSpeakWhenARuleBeginsToSelectSuchAPod() {
        node.sees(0, unselected("old", -600)).sees(300, pod("old", -600)).waits(3600);

        assertThat(node.stuckAt("old")).isEqualTo(at(360));
    }

    @Test
    void shouldNotMindInWhichOrderPodsAndRulesAreFirstListed() {
        node.sees(0, unselected("old", -600)).sees(2, pod("old", -600)).waits(3600);

        assertThat(node.stuckAt("old")).isNull();
    }

    @Test
    void shouldWatchAPodThatStartsLater() {
        node.sees(0, pod("new", 0)).waits(3600);

        assertThat(node.stuckAt("new")).isEqualTo(at(60));
    }

    @Test
    void shouldExpectNothingOfAPodThatNobodyRegistered() {
        node.sees(1, unselected("p", 1)).waits(3600);

        assertThat(node.told("p")).isEmpty();
    }
}
